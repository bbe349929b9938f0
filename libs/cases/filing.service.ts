import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { type Actor, dataConsent, type SaveAnswers, type SignedIn } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { Clock, Database, DomainError, KeyedHash, Keys } from '#platform';
import { kept, knownCourts } from './application.service.js';
import { missingIn, notMended } from './application.rules.js';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import type { CaseFacts } from './case.facts.js';
import { isNew, lockCase, moveCase, subjectOf } from './case.moves.js';
import { houseNumber } from './case-number.js';
import { clearOf, partiesOf } from './filing.plan.js';
import { fileAtOnce, FilingStatements } from './filing.statement.js';
import { type Account, accountOf, writeParties } from './party.records.js';

/** Sending an application, the first time and each time it comes back. A refusal changes nothing: the draft is kept. */
@Injectable()
export class FilingService {
  readonly statements: FilingStatements;

  constructor(
    readonly db: Database,
    private readonly clock: Clock,
    readonly keys: Keys,
    readonly hashes: KeyedHash,
    private readonly effects: CaseEffects,
  ) {
    this.statements = new FilingStatements(db);
  }

  /** Answers with the case where it is known already; whoever wants it otherwise reads it. */
  async file(actor: Actor, caseId: string, action: 'submit' | 'resubmit'): Promise<CaseFacts | null> {
    if (action === 'submit' && actor.role === 'citizen' && actor.id !== null && !actor.openedBy && this.db.isFree()) {
      const filed = await fileAtOnce(this, { ...actor, id: actor.id }, caseId, this.clock.now());
      if (filed) return filed;
    }
    await this.fileByStep(actor, caseId, action);
    return null;
  }

  private fileByStep(actor: Actor, caseId: string, action: 'submit' | 'resubmit'): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, `case.${action}`, await subjectOf(tx, found));
      requireSignedIn(actor);
      if (!(await isNew(tx, actor, found, action))) return;
      await this.send(tx, actor, found, action, await accountOf(tx, this.keys, actor.id));
    });
  }

  /** In the caller's transaction. `account` is whose application it is, the actor who sends it: at the desk they differ. */
  async send(
    tx: EntityManager,
    actor: SignedIn,
    found: Case,
    action: 'submit' | 'resubmit',
    account: Account,
    data: Record<string, string> = {},
  ) {
    const at = this.clock.now();
    if (action === 'resubmit') await this.requireMended(tx, found.id);
    const complete = this.requireComplete(tx, found.id, found.door === 'self' ? account : null);
    const [answers, hasConsented] = await Promise.all([complete, consentOf(tx, account)]);
    if (!hasConsented) throw new DomainError('consent.required');
    await this.writeParties(tx, found, answers, account, at);
    await this.number(tx, found, at);
    Object.assign(found, clearOf(answers, account.iin, found));
    await moveCase(tx, actor, found, action, { at, event: 'case.submitted', effects: this.effects, data });
  }

  async requireComplete(tx: EntityManager, caseId: string, account: Account | null): Promise<SaveAnswers> {
    const [{ answers }, courts] = await Promise.all([kept(tx, this.keys, caseId), knownCourts(tx)]);
    const on = dayOf(this.clock.now().getTime(), kazakhstan.zone);
    const fields = missingIn({ answers, account, courts, on });
    if (Object.keys(fields).length > 0) throw new DomainError('case.incomplete', { fields });
    return answers;
  }

  /** What came back with a note is mended, or it is said why it stays. */
  private async requireMended(tx: EntityManager, caseId: string) {
    const fields = notMended(await kept(tx, this.keys, caseId));
    if (Object.keys(fields).length > 0) throw new DomainError('case.incomplete', { fields });
  }

  private async writeParties(tx: EntityManager, found: Case, answers: SaveAnswers, account: Account, at: Date) {
    const vault = { keys: this.keys, hashes: this.hashes };
    await writeParties(tx, vault, found.id, partiesOf(answers, account, found.language), ({ personId }) => (personId ? at : null));
  }

  /** A case keeps its number and its rules from the day it was first filed. */
  private async number(tx: EntityManager, found: Case, at: Date) {
    if (found.number) return;
    const [{ next }] = (await tx.query(`SELECT nextval('case_numbers') AS next`)) as [{ next: string }];
    found.rulesOn = dayOf(at.getTime(), kazakhstan.zone);
    found.number = houseNumber(Number(found.rulesOn.slice(0, 4)), Number(next));
    found.filedAt = at;
  }
}

async function consentOf(tx: EntityManager, { id }: Account): Promise<boolean> {
  const given = (await tx.query('SELECT 1 FROM consents WHERE person_id = $1 AND document = $2 AND withdrawn_at IS NULL', [
    id,
    dataConsent.document,
  ])) as object[];
  return given.length > 0;
}
