import type { EntityManager } from 'typeorm';
import type { Actor, PaperView } from '#contract';
import type { Keys } from '#platform';
import { approvedMethod, type Paper, type Signer, signersOf, textOf } from './paper.records.js';

/** A paper as a participant reads it, with who has confirmed it and whom it waits for. */
export async function toPaperView(tx: EntityManager, keys: Keys, paper: Paper, actor: Actor, environment: string): Promise<PaperView> {
  const signers = await signersOf(tx, paper);
  const own = signerFor(actor, signers);
  const method = await approvedMethod(tx, environment);
  const open = paper.frozenAt !== null && paper.concludedAt === null && paper.abandonedAt === null;
  return {
    id: paper.id,
    caseId: paper.caseId,
    kind: paper.kind,
    scope: paper.scope,
    text: await textOf(tx, keys, paper),
    hash: paper.hash.toString('hex'),
    frozen: paper.frozenAt !== null,
    concluded: paper.concludedAt !== null,
    confirmedBy: signers.flatMap(({ name, side, confirmedAt }) => (confirmedAt ? { name, side, at: confirmedAt.toISOString() } : [])),
    waitsFor: signers.filter(({ confirmedAt }) => !confirmedAt).map(({ name }) => name),
    mayConfirm: open && method !== null && own !== null && own.confirmedAt === null,
    method,
  };
}

/** As whom the actor signs: a mediator for himself, a citizen for his party. */
export const signerFor = (actor: Actor, signers: Signer[]): Signer | null =>
  signers.find(({ personId, partyId }) => personId === actor.id && (actor.role === 'mediator') === (partyId === null)) ?? null;
