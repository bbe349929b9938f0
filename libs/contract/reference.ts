import { z } from 'zod';

const Texts = z.object({ kk: z.string(), ru: z.string(), en: z.string() });
export const Reference = z.object({
  categories: z.array(z.object({ code: z.string(), name: Texts, subcategories: z.array(z.object({ code: z.string(), name: Texts })) })),
  districts: z.array(z.object({ code: z.string(), name: Texts })),
  courts: z.array(z.object({ id: z.string(), name: Texts })),
  grounds: z.array(z.object({ code: z.string(), by: z.string(), name: Texts })),
  refusals: z.array(z.object({ code: z.string(), name: Texts })),
  /** Standing warnings, emergency numbers, legal aid: shown in the help block. */
  warnings: z.array(z.object({ code: z.string(), text: Texts })),
  emergency: z.array(z.object({ number: z.string(), name: Texts })),
  legalAid: z.array(z.object({ name: Texts, phone: z.string().nullable() })),
  house: z.object({ name: Texts, phone: z.string(), address: Texts, hours: Texts }),
  consents: z.array(z.object({ document: z.string(), version: z.string(), text: Texts })),
  demo: z.boolean(),
});
export type Reference = z.infer<typeof Reference>;
