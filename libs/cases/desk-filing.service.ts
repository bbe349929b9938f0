import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, AskFilingCode, CodeSent, ConfirmFiling, PartyAnswer, SignedIn } from '#contract';
import { CodesService, type From, type Named, PeopleService } from '#people';
import { Clock, Database, DomainError, Keys, record } from '#platform';
import { representativeOf } from './application.answers.js';
import { kept } from './application.service.js';
import { isNew, lockCase, subjectOf } from './case.moves.js';
import { FilingService } from './filing.service.js';
import { partiesOf } from './filing.plan.js';
import { accountOf, contactsOf, isOnBothSides, type PartyRecord } from './party.records.js';

/**
 * The desk's door: an operator writes down what a citizen says, and the citizen confirms it with a code sent to himself. The account is
 * the citizen's, the keys were pressed by the operator, and the log names both.
 */
@Injectable()
export class DeskFilingService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly codes: CodesService,
    private readonly people: PeopleService,
    private readonly filing: FilingService,
  ) {}

  /** To the contact in the application, which has to be complete by then: what is confirmed is what was read out. */
  askCode(actor: Actor, caseId: string, { channel }: AskFilingCode, { network }: From): Promise<CodeSent> {
    return this.db.transaction(actor, async (tx) => {
      const { found, own, ways } = await this.draft(tx, actor, caseId);
      await this.filing.requireComplete(tx, caseId, null);
      const way = channel ?? (ways.phone ? 'sms' : 'email');
      const contact = way === 'sms' ? ways.phone : ways.email;
      if (!contact) throw new DomainError('invalid', { fields: { channel: 'choose' } });
      const language = own.language ?? found.language;
      return this.codes.issue(tx, { purpose: 'file_at_desk', channel: way, contact, subjectId: caseId, language, network });
    });
  }

  confirm(actor: Actor, caseId: string, shown: ConfirmFiling, { network }: From): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      requireSignedIn(actor);
      const filed = await lockCase(tx, caseId);
      if (filed.state !== 'DRAFT' && filed.door === 'desk' && !(await isNew(tx, actor, filed, 'submit'))) return;
      const { found, answers, own, ways } = await this.draft(tx, actor, caseId);
      const { channel, contact } = await this.codes.check(tx, { ...shown, purpose: 'file_at_desk', subjectId: caseId, network });
      if (contact !== (channel === 'sms' ? ways.phone : ways.email)) throw new DomainError('code.wrong'); // the draft was changed since
      const { consent } = shown;
      const language = own.language ?? found.language;
      const personId = await this.people.admit(tx, { ...namesOf(own), channel, contact, language, consent, assurance: 'desk' });
      const at = this.clock.now();
      await record(tx, { id: personId, role: 'citizen' }, { type: 'case.applicant_confirmed', caseId, at, data: { codeId: shown.codeId } });
      const account = await accountOf(tx, this.keys, personId);
      await this.refuseOwn(tx, actor, partiesOf(answers, account, found.language));
      await this.filing.send(tx, actor, found, 'submit', account, { door: 'desk', confirmedBy: personId });
    });
  }

  /** Nobody writes his own dispute down as the office, on whichever side of it he stands. */
  private async refuseOwn(tx: EntityManager, { id }: SignedIn, parties: PartyRecord[]) {
    const isOwn = parties.some(({ personId }) => personId === id) || isOnBothSides([], await accountOf(tx, this.keys, id), parties);
    if (isOwn) throw new DomainError('case.person_on_both_sides');
  }

  /** The operator's own draft, with who applies and where he is reached. */
  private async draft(tx: EntityManager, actor: Actor, caseId: string) {
    const found = await lockCase(tx, caseId);
    authorize(actor, 'case.file_at_desk', await subjectOf(tx, found));
    const { answers } = await kept(tx, this.keys, caseId);
    if (!answers.own) throw new DomainError('case.incomplete', { fields: { 'own.kind': 'choose' } });
    return { found, answers, own: answers.own, ways: contactsOf(answers.own, representativeOf(answers.own)) };
  }
}

/** Whose account it becomes: the applicant's own, or that of who acts for him, whose name is written in one line. */
function namesOf(own: PartyAnswer): Named {
  const acting = representativeOf(own)?.name;
  if (!acting) return { surname: own.surname ?? '', given: own.given ?? '', patronymic: own.patronymic ?? '' };
  const [surname = '', given = '', ...rest] = acting.split(/\s+/);
  return { surname, given: given || surname, patronymic: rest.join(' ') };
}
