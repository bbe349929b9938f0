import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, AnewAgreements } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';
import { agreeAnew, anewWordsOf, isAgreedAnew } from './anew.records.js';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { findCase, isNew, lockCase, meetsGuards, moveCase, subjectOf } from './case.moves.js';

/**
 * The court did not approve what was settled (lifecycle.md section 3: COURT_REFUSED to SETTLEMENT_DRAFT, the coordinator with both sides, while the
 * term allows). Every party says freely whether it wants to settle anew; then the desk gives the case back to its mediator. Silence is a no.
 */
@Injectable()
export class SettlingAnewService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly effects: CaseEffects,
  ) {}

  read(actor: Actor, caseId: string): Promise<AnewAgreements> {
    return this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      authorize(actor, 'settlement.read_anew', await subjectOf(tx, found));
      return this.viewOf(tx, actor, found);
    });
  }

  /** A party's yes, for everybody it acts for; said twice it changes nothing. The last one is told to the desk, who goes on with it. */
  agree(actor: Actor, caseId: string): Promise<AnewAgreements> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'settlement.agree_anew', await subjectOf(tx, found));
      requireSignedIn(actor);
      const at = this.clock.now();
      this.requireOpen(found, at);
      if ((await agreeAnew(tx, caseId, actor.id, at)) > 0) {
        const all = await isAgreedAnew(tx, caseId);
        await record(tx, actor, { type: 'settlement.anew_agreed', caseId, at, data: { all } });
      }
      return this.viewOf(tx, actor, found);
    });
  }

  /** By the desk. The term that began with the contract runs on, as if it had never stopped: it is not a new one. */
  resume(actor: Actor, caseId: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'settlement.resume', await subjectOf(tx, found));
      if (!(await isNew(tx, actor, found, 'resume_settlement'))) return;
      const at = this.clock.now();
      this.requireOpen(found, at);
      if (!(await isAgreedAnew(tx, caseId))) throw new DomainError('settlement.not_agreed_anew');
      found.ground = null; // it was that of the settlement that does not stand
      const runs = { startsAt: found.contractAt!, until: found.termEndsAt! };
      await moveCase(tx, actor, found, 'resume_settlement', { at, event: 'settlement.resumed', effects: this.effects, ...runs });
    });
  }

  private requireOpen(found: Case, at: Date) {
    if (found.state !== 'COURT_REFUSED' || !meetsGuards(found, 'resume_settlement', at))
      throw new DomainError('case.transition_forbidden', { state: found.state, action: 'resume_settlement' });
  }

  private async viewOf(tx: EntityManager, actor: Actor, found: Case): Promise<AnewAgreements> {
    const open = found.state === 'COURT_REFUSED' && meetsGuards(found, 'resume_settlement', this.clock.now());
    const words = found.state === 'COURT_REFUSED' ? await anewWordsOf(tx, found.id) : [];
    return {
      open,
      until: found.termEndsAt?.toISOString() ?? null,
      parties: words.map(({ name, side, agreedAt }) => ({ name, side, agreedAt: agreedAt?.toISOString() ?? null })),
      mayAgree: open && actor.role === 'citizen' && words.some(({ personId, agreedAt }) => personId === actor.id && !agreedAt),
    };
  }
}
