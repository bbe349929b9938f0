import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor, CaseAction } from '#contract';
import { Clock, Database, record } from '#platform';
import type { Case } from './case.entity.js';
import { mayMove } from './case.lifecycle.js';
import { lockCase } from './case.moves.js';
import type { DeadlineCode } from './deadline.rules.js';
import { EndingsService } from './endings.service.js';
import { InvitationsService } from './invitations.service.js';
import { OffersService } from './offers.service.js';

type Due = { id: string; case_id: string; code: DeadlineCode };
type Expiry = { action: CaseAction; run: (tx: EntityManager, actor: Actor, found: Case, at: Date) => Promise<void> };

const clockwork: Actor = { id: null, role: 'system' };

/**
 * What happens when time runs out. Deadlines are rows that are swept; any number of workers may sweep at once, and each fires once.
 * Needs no content key: nothing here reads what people wrote.
 */
@Injectable()
export class DeadlinesService {
  private readonly logger = new Logger(DeadlinesService.name);
  /** By code: the move that silence makes, or null where nothing is decided by silence: people are reminded, and a coordinator decides. */
  private readonly expiries: Partial<Record<DeadlineCode, Expiry | null>>;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    invitations: InvitationsService,
    offers: OffersService,
    endings: EndingsService,
  ) {
    const endTerm: Expiry = { action: 'terminate', run: endings.expireTerm.bind(endings) };
    this.expiries = {
      PROPOSAL_ANSWER: { action: 'expire_invitation', run: invitations.expire.bind(invitations) },
      MEDIATOR_ANSWER: { action: 'expire_offer', run: offers.expire.bind(offers) },
      DISCLOSURE_ANSWER: { action: 'expire_offer', run: offers.expire.bind(offers) },
      OBJECTION: null,
      MEDIATION_TERM: endTerm,
      MEDIATION_EXTENSION: endTerm,
      SCREENING: null,
      RETURNED_FIX: null,
      CHOOSE_MEDIATOR: null,
      CONTRACT_SIGNING: null,
      COURT_PENDING: null,
    };
  }

  /** Fires what is due, the oldest first, each in its own transaction. Returns how many; one that fails is left for the next sweep. */
  async fireDue(limit = 100): Promise<number> {
    const failed: string[] = [];
    let fired = 0;
    while (fired + failed.length < limit) {
      const due = await this.fireNext(failed);
      if (!due) break;
      if (due.error) {
        failed.push(due.id);
        this.logger.error({ deadline: due.id, failed: due.error instanceof Error ? due.error.name : 'unknown' });
      } else if (due.isFired) fired += 1;
    }
    return fired;
  }

  private async fireNext(skipped: string[]): Promise<{ id: string; isFired: boolean; error?: unknown } | null> {
    let id: string | null = null;
    try {
      return await this.db.transaction(clockwork, async (tx) => {
        const due = await this.pick(tx, skipped);
        if (!due) return null;
        ({ id } = due);
        return { id, isFired: await this.fire(tx, due) };
      });
    } catch (error) {
      if (id === null) throw error;
      return { id, isFired: false, error };
    }
  }

  /**
   * Holds the case, as every act does, before the deadline: the other way round, an answer in the same moment would deadlock.
   * A case that somebody holds is passed by; whatever it waited for is settled there, or swept next time.
   */
  private async pick(tx: EntityManager, skipped: string[]): Promise<Due | null> {
    const rows = (await tx.query(
      `SELECT d.id, d.case_id, d.code FROM deadlines d JOIN cases c ON c.id = d.case_id
       WHERE d.fired_at IS NULL AND d.cancelled_at IS NULL AND d.due_at < $1 AND d.code = ANY ($2) AND d.id <> ALL ($3)
       ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
      [this.clock.now(), Object.keys(this.expiries), skipped],
    )) as Due[];
    return rows[0] ?? null;
  }

  /** False when it was answered, or fired by another worker, while we came. */
  private async fire(tx: EntityManager, { id, case_id: caseId, code }: Due): Promise<boolean> {
    const at = this.clock.now();
    const found = await lockCase(tx, caseId);
    authorize(clockwork, 'case.follow_deadline', null);
    const [, open] = (await tx.query(
      'UPDATE deadlines SET fired_at = $2 WHERE id = $1 AND fired_at IS NULL AND cancelled_at IS NULL AND due_at < $2',
      [id, at],
    )) as [unknown, number];
    if (open === 0) return false;
    const expiry = this.expiries[code];
    if (expiry && mayMove('system', found.state, expiry.action, found.contractAt !== null)) await expiry.run(tx, clockwork, found, at);
    else await record(tx, clockwork, { type: 'deadline.fired', caseId, at, data: { code } });
    return true;
  }
}
