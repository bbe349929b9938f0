import { queryOptions, useQuery } from '@tanstack/react-query';
import { Reference } from '#contract';
import { call } from './api.js';
import { useLanguage } from './words.js';

/** Lists that change with the law or the house, not with the visit: categories, districts, courts, warnings, contacts. */
export const referenceQuery = queryOptions({
  queryKey: ['reference'],
  queryFn: () => call(Reference, '/reference'),
  staleTime: Infinity,
});
export const useReference = (): Reference | undefined => useQuery(referenceQuery).data;

type Named = { code?: string; id?: string; name: { kk: string; ru: string; en: string } };
/** The name of a code in the reader's language; an unknown code is shown as it came. */
export function useNames() {
  const language = useLanguage();
  const reference = useReference();
  const nameIn = (list: Named[] | undefined, code: string | null | undefined) =>
    list?.find((one) => (one.code ?? one.id) === code)?.name[language] ?? code ?? '';
  return {
    category: (code?: string | null) => nameIn(reference?.categories, code),
    subcategory: (code?: string | null) =>
      nameIn(
        reference?.categories.flatMap((one) => one.subcategories),
        code,
      ),
    district: (code?: string | null) => nameIn(reference?.districts, code),
    court: (id?: string | null) => nameIn(reference?.courts, id),
    ground: (code?: string | null) => nameIn(reference?.grounds, code),
    refusal: (code?: string | null) => nameIn(reference?.refusals, code),
  };
}
