import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, ReturnField, Screen, SignedIn } from '#contract';
import { Clock, Database, DomainError, Keys, record } from '#platform';
import { answerAt, keepReturnNotes } from './application.records.js';
import { kept } from './application.service.js';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { isNew, lockCase, moveCase, saveCase, subjectOf } from './case.moves.js';
import { InvitationsService } from './invitations.service.js';
import { refusals } from './reference.service.js';
import { approveSummary } from './summary.records.js';

type SendBack = Extract<Screen, { decision: 'return' }>;

/** The desk's decision on an application. The machine has proposed; a person decides, and a refusal takes two. */
@Injectable()
export class ScreeningService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly invitations: InvitationsService,
    private readonly effects: CaseEffects,
  ) {}

  decide(actor: Actor, caseId: string, decision: Screen): Promise<void> {
    return this.deciding(actor, caseId, async (tx, desk, found) => {
      const action = ({ allow: 'invite', return: 'return', refuse: 'refuse' } as const)[decision.decision];
      if (!(await isNew(tx, desk, found, action))) return;
      if (decision.decision === 'refuse') return this.propose(tx, desk, found, decision.code);
      this.refuseOverProposal(desk, found);
      if (decision.decision === 'allow') await this.allow(tx, desk, found, decision.summary);
      else await this.sendBack(tx, desk, found, decision);
    });
  }

  /** By another coordinator than the one who proposed: confirmed, the refusal stands; rejected, the application waits for a decision again. */
  confirm(actor: Actor, caseId: string, isConfirmed: boolean): Promise<void> {
    return this.deciding(actor, caseId, async (tx, desk, found) => {
      if (!(await isNew(tx, desk, found, 'refuse'))) return;
      if (!found.refusalProposedBy) throw new DomainError('case.already_decided', { state: found.state });
      if (found.refusalProposedBy === desk.id) throw new DomainError('case.same_coordinator');
      const at = this.clock.now();
      const data = { code: found.refusalCode };
      if (isConfirmed) {
        await moveCase(tx, desk, found, 'refuse', { at, event: 'case.refused', effects: this.effects, data });
      } else {
        await this.mark(tx, found, null, null);
        await record(tx, desk, { type: 'case.refusal_rejected', caseId, at, data });
      }
    });
  }

  private async allow(tx: EntityManager, desk: SignedIn, found: Case, summary: string) {
    const at = this.clock.now();
    await approveSummary(tx, this.keys, found.id, summary, desk.id, at);
    const data = await this.invitations.issue(tx, found, at);
    await moveCase(tx, desk, found, 'invite', { at, event: 'case.invited', effects: this.effects, data });
  }

  /** Each note to an answer remembers the answer it was written to. */
  private async sendBack(tx: EntityManager, desk: SignedIn, found: Case, { notes = '', fields = {} }: SendBack) {
    const { answers } = await kept(tx, this.keys, found.id);
    const noted = Object.entries(fields).map(([name, note]) => {
      const field = name as ReturnField;
      return { field, note, was: answerAt(answers, field) };
    });
    await keepReturnNotes(tx, this.keys, found.id, { notes, fields: noted });
    await moveCase(tx, desk, found, 'return', { at: this.clock.now(), event: 'case.returned', effects: this.effects });
  }

  private async propose(tx: EntityManager, desk: SignedIn, found: Case, code: string) {
    if (!refusals.some((known) => known.code === code)) throw new DomainError('invalid', { fields: { code: 'choose' } });
    if (found.refusalProposedBy === desk.id && found.refusalCode === code) return;
    this.refuseOverProposal(desk, found);
    await this.mark(tx, found, desk.id, code);
    await record(tx, desk, { type: 'case.refusal_proposed', caseId: found.id, at: this.clock.now(), data: { code } });
  }

  /** A proposed refusal is first confirmed or rejected, by somebody else. */
  private refuseOverProposal(desk: SignedIn, { refusalProposedBy, state }: Case) {
    if (refusalProposedBy === desk.id) throw new DomainError('case.second_coordinator_needed');
    if (refusalProposedBy) throw new DomainError('case.already_decided', { state });
  }

  private async mark(tx: EntityManager, found: Case, by: string | null, code: string | null) {
    found.refusalProposedBy = by;
    found.refusalCode = code;
    await saveCase(tx, found);
  }

  private deciding(actor: Actor, caseId: string, work: (tx: EntityManager, desk: SignedIn, found: Case) => Promise<void>): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'case.screen', await subjectOf(tx, found));
      requireSignedIn(actor);
      await work(tx, actor, found);
    });
  }
}
