import type { EntityManager } from 'typeorm';
import type { Actor, EventType } from '#contract';
import { newId } from './ids.js';

/** A fact: ids and codes only, never text that somebody wrote. */
export type Fact = { type: EventType; caseId?: string | null; at: Date; data?: Record<string, string | number | boolean | null> };

/**
 * Written in the caller's transaction: the fact and the change commit together or not at all. Returns the event's id.
 * What is done at the House's computer names its operator, too.
 */
export async function record(tx: EntityManager, actor: Actor, { type, caseId = null, at, data = {} }: Fact): Promise<string> {
  const id = newId();
  const kept = JSON.stringify(keptOf(actor, data));
  await tx.query('SELECT record_event($1, $2, $3, $4, $5, $6, $7)', [id, caseId, type, actor.id, actor.role, at, kept]);
  return id;
}

/** Many facts in one statement, each at the end of its own chain. Of several cases: by ascending case id, so that no two writers wait for each other. */
export async function recordMany(tx: EntityManager, actor: Actor, facts: readonly Fact[]): Promise<void> {
  const rows = facts.map(({ type, caseId = null, at, data = {} }) => ({
    id: newId(),
    case_id: caseId,
    type,
    at,
    data: keptOf(actor, data),
  }));
  await tx.query(
    `SELECT record_event(f.id, f.case_id, f.type, $2::uuid, $3::text, f.at, f.data)
     FROM (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, case_id uuid, type text, at timestamptz, data jsonb) ORDER BY case_id, id) f`,
    [JSON.stringify(rows), actor.id, actor.role],
  );
}

const keptOf = ({ openedBy }: Actor, data: NonNullable<Fact['data']>) => (openedBy ? { ...data, openedBy } : data);
