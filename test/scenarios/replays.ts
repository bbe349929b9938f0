import pg from 'pg';
import type { AssignmentReplay } from '#contract';
import type { Company } from './act.js';
import type { House } from './house.js';

type Kept = { id: string; mediatorId: string; place: number; terms: unknown };

/** When all is played, and all else has changed: every choice that was ever kept, made again, names the same mediator at the same place with the same terms. */
export async function allReplayed(house: House, { coordinator }: Company): Promise<{ differences: string[]; note: string }> {
  const kept = await assignments(house);
  const differences: string[] = [];
  for (const { id, mediatorId, place, terms } of kept) {
    const { same, ranked } = await coordinator.ask<AssignmentReplay>('GET', `/assignments/${id}/replay`);
    const again = ranked[place - 1];
    if (!same || again?.mediatorId !== mediatorId || JSON.stringify(again.terms) !== JSON.stringify(terms))
      differences.push(`the choice ${id} made again is another`);
  }
  if (kept.length === 0) differences.push('nobody was ever chosen');
  return { differences, note: `equal for every one of ${kept.length} assignments: mediator, place, points and their reasons` };
}

async function assignments({ adminUrl }: House): Promise<Kept[]> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rows } = await admin.query<Kept>(
      `SELECT id, mediator_id AS "mediatorId", place, (result->(place - 1))->'terms' AS terms FROM assignments ORDER BY made_at, id`,
    );
    return rows;
  } finally {
    await admin.end();
  }
}
