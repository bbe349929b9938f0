import { Injectable } from '@nestjs/common';
import type { Reference, ScreeningRules } from '#contract';
import { Database } from '#platform';
import consents from './data/consents.json' with { type: 'json' };
import categories from './data/dispute-categories.json' with { type: 'json' };
import districts from './data/districts.json' with { type: 'json' };
import help from './data/help-contacts.json' with { type: 'json' };
import house from './data/house.json' with { type: 'json' };
import screening from './data/screening-rules.json' with { type: 'json' };
import grounds from './data/termination-grounds.json' with { type: 'json' };
import warnings from './data/warnings.json' with { type: 'json' };

type Texts = { kk: string; ru: string; en: string };
const textsOf = ({ kk, ru, en }: Texts): Texts => ({ kk, ru, en });
const named = <T extends Texts & { code: string }>(row: T) => ({ code: row.code, name: textsOf(row) });

/** Grounds on which a dispute can be found outside mediation: those of the rules that do not simply allow. */
export const refusals = screening.rules
  .filter(({ outcome }) => outcome !== 'allow')
  .map(({ reason_code, text }) => ({ code: reason_code, name: textsOf(text) }));

/** The rules of scope in words, with the article each rests on and what one can do next. */
const rules = screening.rules.map(({ reason_code: code, order, outcome, text, basis, next_step }) => ({
  code,
  order,
  outcome,
  text: textsOf(text),
  nextStep: textsOf(screening.next_steps.find((step) => step.code === next_step)!),
  articles: basis,
})) as ScreeningRules;

/** What stands in files because a lawyer or the house changes it, not a programmer. */
const standing = {
  categories: categories.categories.map((row) => ({ ...named(row), subcategories: row.subcategories.map(named) })),
  districts: districts.districts.map(named),
  grounds: grounds.grounds.map((row) => ({ ...named(row), by: row.by })),
  refusals,
  warnings: warnings.warnings.map((row) => ({ code: row.code, text: textsOf(row) })),
  emergency: help.emergency.map((row) => ({ number: row.number, name: textsOf(row) })),
  legalAid: help.legal_aid.map((row) => ({ phone: row.phone, name: textsOf(row) })),
  house: { name: house.name, phone: house.phone, address: house.address, hours: house.hours },
  consents: consents.consents.map((row) => ({ document: row.document, version: row.version, text: textsOf(row) })),
} satisfies Omit<Reference, 'courts' | 'demo'>;

/** Lists and standing words that every page may need. The courts are rows: an administrator keeps them. */
@Injectable()
export class ReferenceService {
  constructor(private readonly db: Database) {}

  rules(): ScreeningRules {
    return rules;
  }

  async read(): Promise<Omit<Reference, 'demo'>> {
    const rows = await this.db.look<Texts & { id: string }>(
      'SELECT id, kk, ru, en FROM courts ORDER BY level DESC, kk COLLATE "kk-x-icu"',
      [],
    );
    return { ...standing, courts: rows.map((row) => ({ id: row.id, name: textsOf(row) })) };
  }
}
