import type { EntityManager } from 'typeorm';
import type { Actor, LookWhat, Side } from '#contract';

const offices: readonly Actor['role'][] = ['coordinator', 'mediator', 'court'];

/**
 * Writes down that an office, a court or a mediator opens something of a case; the database judges whether it is his to open. Parties read it.
 * Never for anything of a room, nor for what one side alone has said of its safety.
 */
export async function noteLook(tx: EntityManager, actor: Actor, seen: { caseId: string; what: LookWhat; side?: Side | null; at: Date }) {
  if (!offices.includes(actor.role)) return;
  await tx.query('SELECT note_look($1, $2, $3, $4)', [seen.caseId, seen.what, seen.side ?? null, seen.at]);
}
