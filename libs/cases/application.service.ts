import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, noteLook, requireSignedIn } from '#access';
import type { Actor, ApplicationView, CaseAction, OpenCase, SaveAnswers } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { Clock, Database, DomainError, Keys, newId, record } from '#platform';
import { mergeAnswers, withoutSafety } from './application.answers.js';
import {
  answerAt,
  type ApplicationRecord,
  beginApplication,
  keepAnswers,
  keepReplies,
  markSafetyAnswered,
  readApplication,
  type Replies,
} from './application.records.js';
import { missingIn, notMended } from './application.rules.js';
import type { Case } from './case.entity.js';
import { placeOf } from './filing.plan.js';
import { findCase, lockCase, saveCase, setDeadline, subjectOf } from './case.moves.js';
import { dueAt } from './deadline.rules.js';
import { accountOf } from './party.records.js';
import { writeSafety } from './safety.service.js';

/** The application while it is written: opened, answered page by page, mended when it comes back. What was answered survives every refusal. */
@Injectable()
export class ApplicationService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  /** The browser makes the id, so that pressing twice opens one draft; the second time answers with what is there. */
  open(actor: Actor, { id = newId(), language, answers }: OpenCase): Promise<ApplicationView> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'case.open', null);
      requireSignedIn(actor);
      const at = this.clock.now();
      await tx.query(
        `INSERT INTO cases (id, state, state_since, category, district, language, created_by, created_at, rules_on, door)
         VALUES ($1, 'DRAFT', $2, '', '', $3, $4, $2, $5, $6) ON CONFLICT DO NOTHING`,
        [id, at, language, actor.id, dayOf(at.getTime(), kazakhstan.zone), actor.role === 'coordinator' ? 'desk' : 'self'],
      );
      const found = await openApplication(tx, actor, id);
      if (!(await readApplication(tx, this.keys, id))) await this.begin(tx, actor, found, mergeAnswers({}, answers), at);
      return this.view(tx, actor, found);
    });
  }

  read(actor: Actor, caseId: string): Promise<ApplicationView> {
    return this.db.transaction(actor, async (tx) => {
      const view = await this.view(tx, actor, await openApplication(tx, actor, caseId, findCase));
      if (view.state !== 'DRAFT') await noteLook(tx, actor, { caseId, what: 'application', at: this.clock.now() });
      return view;
    });
  }

  save(actor: Actor, caseId: string, saved: SaveAnswers, replies?: Replies): Promise<ApplicationView> {
    return this.db.transaction(actor, async (tx) => {
      const found = await openApplication(tx, actor, caseId);
      if (found.state !== 'DRAFT' && found.state !== 'RETURNED')
        throw new DomainError('case.transition_forbidden', { state: found.state, action: 'resubmit' satisfies CaseAction });
      const { answers, returnFields } = await kept(tx, this.keys, caseId);
      const at = this.clock.now();
      const { page, violence } = withoutSafety(saved);
      await keepAnswers(tx, this.keys, caseId, mergeAnswers(answers, page), at);
      if (replies && found.state === 'RETURNED') await keepReplies(tx, this.keys, caseId, returnFields, replies);
      await this.keepSafety(tx, actor, found, violence, at);
      if (found.state === 'DRAFT') await this.restart(tx, found, mergeAnswers(answers, page), at);
      return this.view(tx, actor, found);
    });
  }

  private async begin(tx: EntityManager, actor: Actor, found: Case, said: SaveAnswers, at: Date) {
    const { page: answers, violence } = withoutSafety(said);
    await beginApplication(tx, this.keys, found.id, answers, at);
    await this.keepSafety(tx, actor, found, violence, at);
    Object.assign(found, placeOf(answers));
    await saveCase(tx, found);
    const deadline = await setDeadline(tx, found, 'DRAFT_AUTODELETE', at);
    await record(tx, actor, { type: 'case.drafted', caseId: found.id, at, data: deadline });
  }

  private async keepSafety(tx: EntityManager, by: Actor, found: Case, violence: boolean | undefined, at: Date) {
    requireSignedIn(by);
    if (violence === undefined) return;
    await writeSafety(tx, this.keys, found, { by, side: 'A', given: { safe: violence ? 'no' : 'yes' }, at });
    await markSafetyAnswered(tx, found.id);
    await saveCase(tx, found);
  }

  /** A draft is its author's alone: its time begins anew with every page, without a fact in the log. */
  private async restart(tx: EntityManager, found: Case, answers: SaveAnswers, at: Date) {
    Object.assign(found, placeOf(answers));
    await saveCase(tx, found);
    await tx.query(
      `UPDATE deadlines SET starts_at = $2, due_at = $3 WHERE case_id = $1 AND code = 'DRAFT_AUTODELETE' AND cancelled_at IS NULL`,
      [found.id, at, dueAt('DRAFT_AUTODELETE', at, found.rulesOn)],
    );
  }

  private async view(tx: EntityManager, actor: Actor, found: Case): Promise<ApplicationView> {
    requireSignedIn(actor);
    const { answers, version, savedAt, returnNotes, returnFields, safetyAnswered } = await kept(tx, this.keys, found.id);
    const on = dayOf(this.clock.now().getTime(), kazakhstan.zone);
    const account = found.door === 'self' ? await accountOf(tx, this.keys, actor.id) : null;
    const filing = { answers, account, courts: await knownCourts(tx), on };
    return {
      caseId: found.id,
      state: found.state,
      version,
      savedAt: savedAt.toISOString(),
      answers,
      missing: { ...missingIn(filing), ...(found.state === 'RETURNED' ? notMended({ answers, returnFields }) : {}) },
      returnNotes: found.state === 'RETURNED' ? returnNotes : null,
      returnFields:
        found.state === 'RETURNED'
          ? returnFields.map(({ field, note, was, reply }) => ({
              field,
              note,
              changed: answerAt(answers, field) !== was,
              reply: reply || null,
            }))
          : [],
      safetyAnswered,
    };
  }
}

/** The case, for its applicant alone, or for the operator who writes it down for him. */
async function openApplication(tx: EntityManager, actor: Actor, caseId: string, find = lockCase): Promise<Case> {
  const found = await find(tx, caseId);
  authorize(actor, 'case.write_application', await subjectOf(tx, found));
  return found;
}

export async function kept(tx: EntityManager, keys: Keys, caseId: string): Promise<ApplicationRecord> {
  const application = await readApplication(tx, keys, caseId);
  if (!application) throw new DomainError('not_found');
  return application;
}

export async function knownCourts(tx: EntityManager): Promise<Set<string>> {
  const rows = (await tx.query('SELECT id FROM courts')) as { id: string }[];
  return new Set(rows.map(({ id }) => id));
}
