import type { EntityManager } from 'typeorm';
import type { Actor, PaperView } from '#contract';
import { type Day, dayOf, kazakhstan } from '#hours';
import type { Keys } from '#platform';
import { approvedMethod, lacksPower, type Paper, type Signer, signersOf, wordsOf } from './paper.records.js';

/** A paper as a participant reads it, with who has confirmed it and whom it waits for. */
export async function toPaperView(
  tx: EntityManager,
  keys: Keys,
  paper: Paper,
  actor: Actor,
  { environment, now }: { environment: string; now: Date },
): Promise<PaperView> {
  const signers = await signersOf(tx, paper);
  const pending = signersFor(actor, signers).filter(({ confirmedAt }) => !confirmedAt);
  const today = dayOf(now.getTime(), kazakhstan.zone);
  const method = await approvedMethod(tx, environment, actor);
  const open = paper.frozenAt !== null && paper.concludedAt === null && paper.abandonedAt === null;
  return {
    id: paper.id,
    caseId: paper.caseId,
    kind: paper.kind,
    scope: paper.scope,
    ...(await wordsOf(tx, keys, paper)),
    hash: paper.hash.toString('hex'),
    frozen: paper.frozenAt !== null,
    concluded: paper.concludedAt !== null,
    superseded: paper.supersededAt !== null,
    confirmedBy: signers.flatMap(({ name, side, confirmedAt }) => (confirmedAt ? { name, side, at: confirmedAt.toISOString() } : [])),
    waitsFor: signers.filter(({ confirmedAt }) => !confirmedAt).map(({ name }) => name),
    mayConfirm: open && method !== null && pending.length > 0,
    confirmsFor: open && method !== null ? pending.flatMap((signer) => awaited(paper, signer, today)) : [],
    method,
  };
}

const awaited = (paper: Paper, signer: Signer, today: Day): PaperView['confirmsFor'] =>
  signer.partyId ? [{ partyId: signer.partyId, name: signer.name, lacksPower: lacksPower(paper, signer, today) }] : [];

/** As whom the actor signs: a mediator for himself, a citizen for each party that he is or acts for. */
export const signersFor = (actor: Actor, signers: Signer[]): Signer[] =>
  signers.filter(({ personId, partyId }) => personId === actor.id && (actor.role === 'mediator') === (partyId === null));
