import type { EntityManager } from 'typeorm';
import type { SignedIn } from '#contract';
import { recordMany } from '#platform';
import { clockChange, move } from './case.lifecycle.js';
import type { DeadlineCode } from './deadline.rules.js';

const [from, action] = ['SUBMITTED', 'take_back'] as const;
const to = move(from, action);
/** The court's own term ends with the case, as with every move that ends one (case.moves.ts). */
const stopped: DeadlineCode[] = [...clockChange(from, to, false).stop, 'COURT_PENDING'];

/**
 * Moves those of these cases that nobody but the House's own clocks has touched, all in the same statements; resolves with their ids. It is
 * the move of case.moves.ts for many at once: who may was asked before, its guard is asked here, and no effect has anything to end, since
 * whatever an effect would end (a room, a meeting, an offer) begins with a fact of somebody.
 */
export async function takeBackUntouched(
  tx: EntityManager,
  actor: SignedIn,
  caseIds: readonly string[],
  { at, importId }: { at: Date; importId: string },
): Promise<ReadonlySet<string>> {
  const ids = await untouched(tx, await held(tx, caseIds));
  if (ids.length === 0) return new Set();
  const data = { importId, action, from, to };
  // The fact comes first: by it the database knows that no court is to be told of this end (0133).
  await recordMany(
    tx,
    actor,
    ids.map((caseId) => ({ type: 'case.import_undone', caseId, at, data })),
  );
  await tx.query('UPDATE cases SET state = $2, state_since = $3 WHERE id = ANY ($1)', [ids, to, at]);
  await tx.query(
    'UPDATE deadlines SET cancelled_at = $3 WHERE case_id = ANY ($1) AND code = ANY ($2) AND fired_at IS NULL AND cancelled_at IS NULL',
    [ids, stopped, at],
  );
  return new Set(ids);
}

/** In the order in which everybody takes several cases, until the transaction ends. */
async function held(tx: EntityManager, caseIds: readonly string[]): Promise<string[]> {
  const rows = (await tx.query(
    `SELECT id FROM cases WHERE id = ANY ($1) AND state = $2 AND refusal_proposed_by IS NULL ORDER BY id FOR UPDATE`,
    [caseIds, from],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}

/** Asked once they are held: what was done a moment ago is seen, and nothing comes after. */
async function untouched(tx: EntityManager, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = (await tx.query(
    `SELECT case_id AS id FROM events WHERE case_id = ANY ($1) AND actor_role <> 'system' AND type <> 'case.submitted'
     UNION SELECT case_id FROM summaries WHERE case_id = ANY ($1)`,
    [ids],
  )) as { id: string }[];
  const touched = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !touched.has(id));
}
