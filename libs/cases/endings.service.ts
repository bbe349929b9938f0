import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, type Permission } from '#access';
import type { Actor, CaseAction, EventType, MoveCase, Side } from '#contract';
import { Clock, Database, DomainError, Keys, newId } from '#platform';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { deadlineOf, lifecycle } from './case.lifecycle.js';
import { isNew, type KnownCase, lockCase, moveCase, subjectOf } from './case.moves.js';

type Said = Pick<MoveCase, 'ground' | 'reason'>;
type Leaving = { right: Permission; event: EventType };

/** The ways out that people take, what each needs of the policy, and the fact it is. */
const leavings = {
  withdraw: { right: 'case.withdraw', event: 'case.withdrawn' },
  decline: { right: 'case.leave', event: 'case.declined' },
  terminate: { right: 'case.terminate', event: 'case.terminated' },
} as const satisfies Partial<Record<CaseAction, Leaving>>;

/** Endings: nobody is forced to stay, everybody names a ground of his own, and why in words stays on his own side. */
@Injectable()
export class EndingsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly effects: CaseEffects,
  ) {}

  /** By the applicant, before there is a contract. */
  withdraw(actor: Actor, caseId: string, { reason }: Said = {}): Promise<void> {
    return this.leave(actor, caseId, 'withdraw', { reason });
  }

  /** By the invited side after it had agreed, before there is a contract. An invitation is answered on its own page, with a code. */
  decline(actor: Actor, caseId: string, { reason }: Said = {}): Promise<void> {
    return this.leave(actor, caseId, 'decline', { reason });
  }

  /** Under a contract: a party leaves (4), the mediator ends it (2, 3), the desk for a technical reason (T1 to T3). Rooms close with it. */
  terminate(actor: Actor, caseId: string, { ground, reason }: Said): Promise<void> {
    return this.leave(actor, caseId, 'terminate', { reason, ground: ground ?? (actor.role === 'citizen' ? '4' : undefined) });
  }

  /** By the sweep of deadlines: the term of mediation has run out. */
  async expireTerm(tx: EntityManager, actor: Actor, found: Case, at: Date): Promise<void> {
    await moveCase(tx, actor, found, 'terminate', { at, event: 'case.terminated', effects: this.effects, ground: '5' });
  }

  /** By the desk: from an end, or from a wait that stayed without an answer after its time was over. */
  close(actor: Actor, caseId: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'case.close', await subjectOf(tx, found));
      if (!(await isNew(tx, actor, found, 'close'))) return;
      // A draft that was given up was never filed: there is nothing to close.
      if (!found.number) throw new DomainError('case.transition_forbidden', { state: found.state, action: 'close' });
      if (lifecycle[found.state].close?.guards?.includes('deadline_passed')) await requirePassed(tx, found, this.clock.now());
      const at = this.clock.now();
      found.closedAt = at;
      await moveCase(tx, actor, found, 'close', { at, event: 'case.closed', effects: this.effects });
    });
  }

  /** What was settled while a court case is open goes to that court, which alone decides on it. */
  sendToCourt(actor: Actor, caseId: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'case.send_to_court', await subjectOf(tx, found));
      await moveCase(tx, actor, found, 'send_to_court', { at: this.clock.now(), event: 'case.sent_to_court', effects: this.effects });
    });
  }

  private leave(actor: Actor, caseId: string, action: keyof typeof leavings, { ground, reason }: Said): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      const subject = await subjectOf(tx, found);
      const { right, event } = leavings[action];
      authorize(actor, right, subject);
      if (action === 'decline' && found.state === 'INVITED')
        throw new DomainError('case.transition_forbidden', { state: found.state, action });
      const at = this.clock.now();
      const isDone = await moveCase(tx, actor, found, action, { at, event, effects: this.effects, ...(ground ? { ground } : {}) });
      if (isDone && reason) await this.keepReason(tx, actor, found, sideOf(actor, subject), reason, at);
    });
  }

  /** Sealed, and visible to who wrote it and that side alone: row-level security says so (ending_reasons). */
  private async keepReason(tx: EntityManager, actor: Actor, { id: caseId }: Case, side: Side | null, reason: string, at: Date) {
    const id = newId();
    const sealed = await this.keys.seal(tx, { scope: 'case', id: caseId }, reason, `ending:${id}`);
    await tx.query('INSERT INTO ending_reasons (id, case_id, person_id, side, body_sealed, given_at) VALUES ($1, $2, $3, $4, $5, $6)', [
      id,
      caseId,
      actor.id,
      side,
      sealed,
      at,
    ]);
  }
}

function sideOf(actor: Actor, { sideA, sideB, createdBy }: KnownCase): Side | null {
  if (actor.role !== 'citizen' || actor.id === null) return null;
  if (sideB.includes(actor.id)) return 'B';
  return sideA.includes(actor.id) || createdBy === actor.id ? 'A' : null;
}

/** The state's own clock has run out and nothing else has begun. */
async function requirePassed(tx: EntityManager, { id, state, stateSince }: Case, now: Date) {
  const [passed] = (await tx.query(
    `SELECT 1 FROM deadlines WHERE case_id = $1 AND code = $2 AND starts_at >= $3 AND cancelled_at IS NULL AND due_at < $4`,
    [id, deadlineOf(state), stateSince, now],
  )) as object[];
  if (!passed) throw new DomainError('case.transition_forbidden', { state, action: 'close' });
}
