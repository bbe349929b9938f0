import type { EntityManager } from 'typeorm';
import type { ConflictHint, RelationKind } from '#contract';
import type { Day } from '#hours';
import data from './data/relations.json' with { type: 'json' };

/** What the database sees between a mediator and the parties of a case (conflict_marks). */
export type Mark = {
  mediatorId: string;
  mark: 'relation' | 'contact' | 'surname' | 'shared_case' | 'mediated_before';
  kind: RelationKind | null;
  until: Day | null;
  bars: boolean;
};
/** What it means for the case: never, or only openly, or a hint that a person looks at. */
export type Ties = { bars: boolean; mustDisclose: boolean; hints: ConflictHint[] };
export const noTies: Ties = { bars: false, mustDisclose: false, hints: [] };

const meansOf = (kind: RelationKind) => data.relations.find(({ code }) => code === kind)?.means ?? 'disclose';

/** `years`: COI_LOOKBACK, for how long a tie that has ended still bars. */
export function tiesOf(marks: readonly Mark[], on: Day, years: number): Ties {
  const relations = marks.filter(({ mark }) => mark === 'relation');
  const bars = relations.some((relation) => relation.bars || barsOn(relation, on, years));
  const hints = marks.map(({ mark, kind }) => (mark === 'relation' ? (kind ?? 'other') : mark));
  return { bars, mustDisclose: !bars && relations.length > 0, hints: [...new Set<ConflictHint>(hints)].toSorted() };
}

function barsOn({ kind, until }: Mark, on: Day, years: number): boolean {
  const means = meansOf(kind ?? 'other');
  if (means !== 'bars_for_years') return means === 'bars';
  return until === null || yearsAfter(until, years) >= on;
}

const yearsAfter = (day: Day, years: number): Day => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

export type MarkedTies = ReadonlyMap<string, Ties>;
/** Every mediator whom something ties to a party of the case; for a mediator, himself alone. */
export async function tiesIn(tx: EntityManager, caseId: string, on: Day, years: number): Promise<MarkedTies> {
  const marks = await marksOf(tx, caseId);
  return new Map([...marks].map(([id, own]) => [id, tiesOf(own, on, years)]));
}

async function marksOf(tx: EntityManager, caseId: string): Promise<Map<string, Mark[]>> {
  const rows = (await tx.query(
    'SELECT mediator_id AS "mediatorId", mark, kind, until::text AS until, bars FROM conflict_marks($1) ORDER BY mediator_id, mark, kind',
    [caseId],
  )) as Mark[];
  const by = new Map<string, Mark[]>();
  for (const row of rows) by.set(row.mediatorId, [...(by.get(row.mediatorId) ?? []), row]);
  return by;
}
