import type { EntityManager } from 'typeorm';
import type { Language } from '#contract';
import type { MediatorKind, Needs } from '#mediators';
import type { Case } from './case.entity.js';
import data from './data/dispute-categories.json' with { type: 'json' };

type Row = { person_id: string | null; id_number_hash: Buffer | null; language: Language };

/** A dispute of no listed kind belongs to no field of the register. */
const anyField = 'other';

/** What a case asks of its mediator: its category, the kinds that the category admits, the language of every party. */
export async function needsOf(tx: EntityManager, found: Case): Promise<Needs> {
  const parties = (await tx.query('SELECT person_id, id_number_hash, language FROM parties WHERE case_id = $1', [found.id])) as Row[];
  const category = data.categories.find(({ code }) => code === found.category);
  return {
    field: found.category === anyField ? null : found.category,
    kinds: (category?.mediator_kinds ?? []) as MediatorKind[],
    languages: [...new Set(parties.map(({ language }) => language))],
    partyIds: parties.flatMap(({ person_id: id }) => id ?? []),
    partyIdNumbers: parties.flatMap(({ id_number_hash: hash }) => hash ?? []),
  };
}
