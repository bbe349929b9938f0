import type { EntityManager } from 'typeorm';
import { ageOn, birthDateOf } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import type { Keys } from '#platform';

type Trait = { sex: 'female' | 'male'; band: 'under_30' | 'from_30' | 'from_45' | 'from_60' };

/** Of line 17 of the reports: what an IIN tells of whoever filed with it. The seventh digit is odd for men, even for women. */
export function traitOf(iin: string, on: string): Trait | null {
  const birth = birthDateOf(iin);
  if (!birth) return null;
  const age = ageOn(birth, on);
  return {
    sex: Number(iin[6]) % 2 === 1 ? 'male' : 'female',
    band: age < 30 ? 'under_30' : age < 45 ? 'from_30' : age < 60 ? 'from_45' : 'from_60',
  };
}

/** Adds the parties of a case whose first contract is concluded to the sums of the month. No row of it names a case or a person. */
export async function addTraits(tx: EntityManager, keys: Keys, caseId: string, at: Date) {
  const rows = (await tx.query(
    `SELECT id, id_number_sealed AS sealed FROM parties WHERE case_id = $1 AND kind = 'person' AND id_number_sealed IS NOT NULL`,
    [caseId],
  )) as { id: string; sealed: Buffer }[];
  const on = dayOf(at.getTime(), kazakhstan.zone);
  const numbers = await Promise.all(rows.map(({ id, sealed }) => keys.open(tx, { scope: 'party', id }, sealed, 'id_number')));
  const traits = numbers.flatMap((iin) => traitOf(iin, on) ?? []);
  if (traits.length === 0) return;
  await tx.query('SELECT add_traits($1, $2, $3, $4)', [
    caseId,
    `${on.slice(0, 7)}-01`,
    traits.map(({ sex }) => sex),
    traits.map(({ band }) => band),
  ]);
}
