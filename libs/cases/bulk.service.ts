import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor, BulkAction, BulkAsk, BulkDo, BulkDone, BulkPreview, BulkRow, CaseAction } from '#contract';
import { DomainError } from '#platform';
import { toCaseView } from './case.view.js';
import { CasesService } from './cases.service.js';
import { EndingsService } from './endings.service.js';
import { InvitationsService } from './invitations.service.js';
import { OffersService } from './offers.service.js';

const moves = { offer: 'offer_mediator', reinvite: 'reinvite', close: 'close' } as const satisfies Record<BulkAction, CaseAction>;
type Row = BulkRow;

/** One act for a morning's pile. First what would happen to each case; then each by itself, as if it had been pressed there. */
@Injectable()
export class BulkService {
  constructor(
    private readonly cases: CasesService,
    private readonly offers: OffersService,
    private readonly invitations: InvitationsService,
    private readonly endings: EndingsService,
  ) {}

  async preview(actor: Actor, { action, caseIds }: BulkAsk): Promise<BulkPreview> {
    authorize(actor, 'case.oversee', null);
    const rows: Row[] = [];
    for (const caseId of new Set(caseIds)) rows.push(await this.look(actor, action, caseId));
    return action === 'offer' ? this.chosen(actor, rows) : { batchId: null, rows };
  }

  /** What has moved since it was looked at is left alone; one that is refused does not stop the others. */
  async act(actor: Actor, { action, batchId, cases }: BulkDo): Promise<BulkDone> {
    authorize(actor, 'case.oversee', null);
    const done: BulkDone = [];
    for (const { id, since } of cases) {
      try {
        const { found } = await this.cases.read(actor, id);
        if (found.stateSince.getTime() !== Date.parse(since)) throw new DomainError('stale');
        await this.one(actor, action, id, batchId);
        done.push({ caseId: id, done: true, code: null });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        done.push({ caseId: id, done: false, code: error.code });
      }
    }
    return done;
  }

  private async look(actor: Actor, action: BulkAction, caseId: string): Promise<Row> {
    const facts = await this.cases.read(actor, caseId).catch((error: unknown) => {
      if (error instanceof DomainError) return null;
      throw error;
    });
    if (!facts) return { caseId, number: null, title: '', since: null, possible: false, reason: 'absent', mediator: null };
    const { number, title, since, actions } = toCaseView(facts, actor);
    const isPossible = actions.includes(moves[action]);
    return { caseId, number, title, since, mediator: null, possible: isPossible, reason: isPossible ? null : 'state' };
  }

  /** One choice for all of them together (libs/assignment/many.ts). */
  private async chosen(actor: Actor, rows: Row[]): Promise<BulkPreview> {
    const open = rows.filter(({ possible }) => possible).map(({ caseId }) => caseId);
    const batch = await this.offers.batch(actor, open);
    const pairs = batch?.pairs ?? new Map<string, string>();
    const names = await this.offers.names(actor, [...pairs.values()]);
    const told = rows.map((row): Row => {
      if (!row.possible) return row;
      const id = pairs.get(row.caseId);
      return id ? { ...row, mediator: { id, name: names.get(id) ?? '' } } : { ...row, possible: false, reason: 'no_mediator' };
    });
    return { batchId: batch?.id ?? null, rows: told };
  }

  private async one(actor: Actor, action: BulkAction, caseId: string, batchId?: string) {
    if (action === 'reinvite') return this.invitations.reinvite(actor, caseId);
    if (action === 'close') return this.endings.close(actor, caseId);
    if (!batchId) throw new DomainError('invalid', { fields: { batchId: 'choose' } });
    return this.offers.offerChosen(actor, caseId, batchId);
  }
}
