import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, noteLook, requireSignedIn } from '#access';
import type { Actor, CaseAction, CaseState, DraftPaper, PaperView } from '#contract';
import { MediatorsService } from '#mediators';
import { Clock, CONFIG, type Config, Database, DomainError, environmentOf, Keys, newId, record } from '#platform';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { findCase, lockCase, meetsGuards, moveCase, subjectOf } from './case.moves.js';
import { contractText } from './contract.text.js';
import { textOfExtension } from './extension.text.js';
import {
  approvedMethod,
  findPaper,
  hashOf,
  lockPaper,
  markPaper,
  type PaperContent,
  type PaperKind,
  standingPaper,
  writePaper,
} from './paper.records.js';
import { toPaperView } from './paper.view.js';

/** Where a paper of a kind is written, and the moves that bring it there and on; an extension moves the case only when all have confirmed it. */
const drafting: Record<PaperKind, { in: CaseState; draft: CaseAction | null; send: CaseAction | null }> = {
  contract: { in: 'CONTRACT_DRAFT', draft: 'draft_contract', send: 'send_contract' },
  extension: { in: 'IN_MEDIATION', draft: null, send: null },
  settlement: { in: 'SETTLEMENT_DRAFT', draft: 'draft_settlement', send: 'send_settlement' },
};

type Step = { kind: PaperKind; step: 'draft' | 'send'; paperId: string; at: Date };

/** The contract, its extension and the settlement until they are confirmed: the mediator drafts, freezes one text, or lets it go. */
@Injectable()
export class PapersService {
  private readonly environment: string;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly effects: CaseEffects,
    private readonly mediators: MediatorsService,
    @Inject(CONFIG) config: Config,
  ) {
    this.environment = environmentOf(config);
  }

  /** An abandoned text is nobody's any more. */
  read(actor: Actor, paperId: string): Promise<PaperView> {
    return this.db.transaction(actor, async (tx) => {
      const paper = await findPaper(tx, paperId);
      authorize(actor, 'paper.read', await subjectOf(tx, await findCase(tx, paper.caseId)));
      if (paper.abandonedAt) throw new DomainError('not_found');
      await noteLook(tx, actor, { caseId: paper.caseId, what: 'paper', at: this.clock.now() });
      return toPaperView(tx, this.keys, paper, actor, this.when());
    });
  }

  /** A new text takes the place of the one that stood; the same text again changes nothing. */
  draft(actor: Actor, caseId: string, asked: DraftPaper): Promise<PaperView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'paper.draft', await subjectOf(tx, found));
      const at = this.clock.now();
      const content = await this.contentOf(tx, found, asked, at);
      const standing = await standingPaper(tx, caseId, asked.kind);
      if (standing?.hash.equals(hashOf(content))) return toPaperView(tx, this.keys, standing, actor, this.when());
      if (standing?.concludedAt) throw new DomainError('case.transition_forbidden', { state: found.state });
      if (standing) await markPaper(tx, standing.id, 'abandoned_at', at);
      const id = newId();
      await writePaper(tx, this.keys, { id, caseId, content, by: actor, at });
      // The case is there already when a settlement is written anew: the fact stands alone.
      if (!standing && asked.kind === 'settlement' && found.state === 'SETTLEMENT_DRAFT')
        await record(tx, actor, { type: 'settlement.drafted', caseId, at, data: { paperId: id } });
      await this.follow(tx, actor, found, { kind: asked.kind, step: 'draft', paperId: id, at });
      return toPaperView(tx, this.keys, await findPaper(tx, id), actor, this.when());
    });
  }

  /** From here on the text never changes: this is what everybody reads and confirms. */
  freeze(actor: Actor, paperId: string): Promise<PaperView> {
    return this.db.transaction(actor, async (tx) => {
      const { found, paper } = await lockPaper(tx, paperId);
      authorize(actor, 'paper.draft', await subjectOf(tx, found));
      if (paper.abandonedAt) throw new DomainError('stale');
      if (!paper.frozenAt) {
        if (!(await approvedMethod(tx, this.environment))) throw new DomainError('contract.no_approved_method');
        const at = this.clock.now();
        await markPaper(tx, paperId, 'frozen_at', at);
        await this.follow(tx, actor, found, { kind: paper.kind, step: 'send', paperId, at });
      }
      return toPaperView(tx, this.keys, await findPaper(tx, paperId), actor, this.when());
    });
  }

  /** The settlement, or an extension, is let go and the talk goes on; a contract is not let go but drafted anew. */
  abandon(actor: Actor, paperId: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const { found, paper } = await lockPaper(tx, paperId);
      authorize(actor, 'paper.draft', await subjectOf(tx, found));
      if (paper.abandonedAt) return;
      if (paper.kind === 'contract' || paper.supersededAt) throw new DomainError('case.transition_forbidden', { state: found.state });
      const at = this.clock.now();
      if (paper.kind === 'extension') {
        if (paper.concludedAt) throw new DomainError('case.transition_forbidden', { state: found.state });
        await record(tx, actor, { type: 'extension.abandoned', caseId: found.id, at, data: { paperId } });
      } else {
        const act = { at, event: 'settlement.abandoned' as const, effects: this.effects, data: { paperId } };
        await moveCase(tx, actor, found, 'resume_mediation', act);
      }
      await markPaper(tx, paperId, 'abandoned_at', at);
    });
  }

  private when() {
    return { environment: this.environment, now: this.clock.now() };
  }

  /** The case goes along with its paper where the table has a move for it; else it is a fact alone, while the case stands where it must. */
  private async follow(tx: EntityManager, actor: Actor, found: Case, { kind, step, paperId, at }: Step) {
    const action = drafting[kind][step];
    const type = `${kind}.${step === 'draft' ? 'drafted' : 'sent'}` as const;
    if (action && (step === 'send' || found.state !== drafting[kind].in))
      await moveCase(tx, actor, found, action, { at, event: type, effects: this.effects, data: { paperId } });
    if (action) return;
    if (found.state !== drafting[kind].in || !meetsGuards(found, 'extend', at))
      throw new DomainError('case.transition_forbidden', { state: found.state, action: 'extend' });
    await record(tx, actor, {
      type,
      caseId: found.id,
      at,
      data: { paperId, ...(step === 'send' && { dueAt: found.termEndsAt!.toISOString() }) },
    });
  }

  private async contentOf(tx: EntityManager, found: Case, asked: DraftPaper, at: Date): Promise<PaperContent> {
    const { number } = found;
    if (asked.kind === 'extension') {
      if (!found.termEndsAt) throw new DomainError('case.transition_forbidden', { state: found.state, action: 'extend' });
      return { kind: 'extension', scope: null, number, text: await textOfExtension(tx, found), amountKzt: null };
    }
    if (asked.kind === 'settlement') {
      const { scope, text, amountKzt = null } = asked;
      return { kind: 'settlement', scope, number, text, amountKzt };
    }
    const mediator = found.mediatorId && (await this.mediators.cardOf(tx, found.mediatorId));
    if (!mediator) throw new DomainError('mediator.not_eligible');
    return { kind: 'contract', scope: null, number, text: await contractText(tx, found, mediator, at), amountKzt: null };
  }
}
