import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { type Case, findCase, subjectOf } from '#cases';
import {
  type Actor,
  type AnswerSatisfaction,
  type CaseState,
  type SatisfactionAsked,
  satisfactionQuestions,
  type SatisfactionStage,
} from '#contract';
import { Clock, Database, DomainError } from '#platform';

/** After which stage a case in a state stands. Before both sides agreed there is nothing to ask, and of what is archived no more. */
const stages: Partial<Record<CaseState, SatisfactionStage>> = {
  CONSENTED: 'intake',
  MEDIATOR_OFFERED: 'intake',
  MEDIATOR_ACCEPTED: 'intake',
  CONTRACT_DRAFT: 'intake',
  CONTRACT_SIGNING: 'intake',
  IN_MEDIATION: 'contract',
  EXTENDED: 'contract',
  SETTLEMENT_DRAFT: 'contract',
  SETTLEMENT_SIGNING: 'contract',
  SETTLED_FULL: 'mediation',
  SETTLED_PARTIAL: 'mediation',
  TERMINATED: 'mediation',
  AT_COURT: 'mediation',
  COURT_APPROVED: 'mediation',
  COURT_REFUSED: 'mediation',
  PERFORMING: 'mediation',
  BREACH_CLAIMED: 'mediation',
  PERFORMED: 'performance',
  BREACHED: 'performance',
};

/** What the parties thought of a stage, without their names: design.md section 9. */
@Injectable()
export class SatisfactionService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  asked(actor: Actor, caseId: string): Promise<SatisfactionAsked> {
    return this.db.transaction(actor, async (tx) => ({ stage: await askedIn(tx, actor, caseId) }));
  }

  /** Leaves no fact: the trail of a case would tell when somebody answered, and the month's only answer whose it was. */
  answer(actor: Actor, caseId: string, { stage, answers }: AnswerSatisfaction): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      if ((await askedIn(tx, actor, caseId)) !== stage) throw new DomainError('case.already_decided');
      const scores = answers && satisfactionQuestions.map((one) => answers[one] ?? null);
      const [given] = (await tx.query(
        `SELECT give_satisfaction($1, $2, date_trunc('month', $3::timestamptz AT TIME ZONE 'Asia/Almaty')::date, $4) AS done`,
        [caseId, stage, this.clock.now(), scores],
      )) as { done: boolean }[];
      if (!given?.done) throw new DomainError('case.already_decided');
    });
  }
}

async function askedIn(tx: EntityManager, actor: Actor, caseId: string): Promise<SatisfactionStage | null> {
  const found = await findCase(tx, caseId);
  authorize(actor, 'satisfaction.answer', await subjectOf(tx, found));
  const stage = stageOf(found);
  if (!stage) return null;
  const given = (await tx.query('SELECT 1 FROM satisfaction_given WHERE case_id = $1 AND person_id = $2 AND stage = $3', [
    caseId,
    actor.id,
    stage,
  ])) as unknown[];
  return given.length > 0 ? null : stage;
}

/** A case that ended before its contract had no mediation. */
function stageOf({ state, contractAt }: Case): SatisfactionStage | null {
  const stage = stages[state] ?? null;
  return stage !== 'intake' && contractAt === null ? null : stage;
}
