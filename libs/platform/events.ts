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
  const kept = JSON.stringify(actor.openedBy ? { ...data, openedBy: actor.openedBy } : data);
  await tx.query('SELECT record_event($1, $2, $3, $4, $5, $6, $7)', [id, caseId, type, actor.id, actor.role, at, kept]);
  return id;
}
