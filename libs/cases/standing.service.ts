import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { type Actor, liveStates } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { Mediator } from '#mediators';
import { Clock, Database, record } from '#platform';

const clockwork: Actor = { id: null, role: 'system' };
const carried = ['MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING', ...liveStates];

/**
 * Who mediates is a fact of the law that changes: a certificate ends, a suspension begins. New cases are refused by the day itself (eligibility.ts);
 * the open ones of whoever may not mediate today are raised, once for each mediator, for the desk to find another one.
 */
@Injectable()
export class StandingService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  raiseLapsed(): Promise<number> {
    return this.db.transaction(clockwork, async (tx) => {
      authorize(clockwork, 'case.follow_deadline', null);
      const at = this.clock.now();
      const today = dayOf(at.getTime(), kazakhstan.zone);
      const lapsed = (await tx.find(Mediator)).filter((one) => one.standingOn(today) !== 'active' || !one.isCertifiedOn(today));
      const held = (await tx.query(theirs, [lapsed.map(({ personId }) => personId), carried])) as Held[];
      let raised = 0;
      for (const { id, mediatorId } of held) {
        if (await isRaised(tx, id, mediatorId)) continue;
        await record(tx, clockwork, { type: 'case.handover_raised', caseId: id, at, data: { mediatorId } });
        raised += 1;
      }
      return raised;
    });
  }
}
type Held = { id: string; mediatorId: string };

/** Asked for each after its row is held: another worker may have raised it a moment before. */
async function isRaised(tx: EntityManager, caseId: string, mediatorId: string): Promise<boolean> {
  const rows = (await tx.query(`SELECT 1 FROM events WHERE case_id = $1 AND type = 'case.handover_raised' AND data->>'mediatorId' = $2`, [
    caseId,
    mediatorId,
  ])) as object[];
  return rows.length > 0;
}

/** In ascending id, as chain heads are locked. */
const theirs = `SELECT c.id, c.mediator_id AS "mediatorId" FROM cases c WHERE c.mediator_id = ANY ($1) AND c.state = ANY ($2) ORDER BY c.id FOR UPDATE SKIP LOCKED`;
