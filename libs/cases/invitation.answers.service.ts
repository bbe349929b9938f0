import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, AlsoAnswered, AnswerInvitation, Attorney, Language } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { fold } from '#language';
import { CodesService, type From, type Named, nameOf, PeopleService } from '#people';
import { Clock, Database, DomainError, Keys, record } from '#platform';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { lockCase, moveCase } from './case.moves.js';
import { carriedBy, findInvitation, type Invitation, stateOf } from './invitation.records.js';
import { attorneyFrom } from './party.records.js';
import { attorneyRules } from './party.rules.js';

const visitor: Actor = { id: null, role: 'visitor' };
type Consent = Extract<AnswerInvitation, { answer: 'consent' }>;
type Joining = { personId: string; language: Language; attorney?: Attorney | undefined };
/** One more of the side with its answer; `at`: its place in what was sent. */
type Carried = { invitation: Invitation; answer: AlsoAnswered; at: number };
type Decline = Extract<AnswerInvitation, { answer: 'decline' }>;

/** The answer of the invited side, given once, by whoever holds the invited contact itself. */
@Injectable()
export class InvitationAnswersService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly codes: CodesService,
    private readonly people: PeopleService,
    private readonly effects: CaseEffects,
  ) {}

  /** Joins the case, with the account behind the contact or a new one. Answering the same twice is harmless. Returns who has joined. */
  consent(id: string, given: Consent, { network }: From): Promise<{ personId: string | null }> {
    return this.answering(id, 'consent', async (tx, invitation, found) => {
      this.requireWhole(given.attorney, 'attorney');
      const carried = await this.requireEach(tx, invitation, given.also ?? []);
      const reach = await this.codes.check(tx, { ...given, purpose: 'answer_invitation', subjectId: id, network });
      this.requireOwn(invitation, reach.contactHash);
      const { channel, contact } = reach;
      const personId = await this.people.admit(tx, { ...given, channel, contact });
      const at = this.clock.now();
      await this.accept(tx, invitation, { personId, language: given.language, attorney: given.attorney, at: 'attorney' }, at);
      const isRefused = await this.answerCarried(tx, carried, { personId, language: given.language }, at);
      if (isRefused) await moveCase(tx, visitor, found, 'decline', { at, event: 'case.declined', effects: this.effects });
      else await this.proceed(tx, { id: personId, role: 'citizen' }, found, at);
      return { personId };
    });
  }

  /** Ends the proposal quietly. The reason is sealed with the case's key and read by nobody but who wrote it. */
  decline(id: string, given: Decline, { network }: From): Promise<{ personId: null }> {
    return this.answering(id, 'decline', async (tx, invitation, found) => {
      const { contactHash } = await this.codes.check(tx, { ...given, purpose: 'answer_invitation', subjectId: id, network });
      this.requireOwn(invitation, contactHash);
      const at = this.clock.now();
      const reason = await this.sealReason(tx, invitation, given.reason);
      await close(tx, id, 'decline', at, reason); // before the move, which revokes what is still asked of the others
      await moveCase(tx, visitor, found, 'decline', { at, event: 'case.declined', effects: this.effects });
      return { personId: null };
    });
  }

  /** The case is held, so of an answer and another, or of an answer and the end of its time, one comes first. */
  private answering<T extends { personId: string | null }>(
    id: string,
    answer: 'consent' | 'decline',
    work: (tx: EntityManager, invitation: Invitation, found: Case) => Promise<T>,
  ): Promise<T | { personId: null }> {
    return this.db.transaction(
      visitor,
      async (tx) => {
        const found = await lockCase(tx, (await findInvitation(tx, id)).caseId);
        const invitation = await findInvitation(tx, id);
        if (invitation.answer === answer) return { personId: null };
        if (invitation.answer === 'consent' || invitation.answer === 'decline')
          throw new DomainError('case.already_decided', { state: found.state });
        if (stateOf(invitation, found, this.clock.now()) !== 'open') throw new DomainError('invitation.unusable');
        return work(tx, invitation, found);
      },
      { invitationId: id },
    );
  }

  /** All whom the code answers for are answered for, each once: a "no" for one is a no of that one, and nobody is passed over. */
  private async requireEach(tx: EntityManager, invitation: Invitation, given: AlsoAnswered[]): Promise<Carried[]> {
    const carried = await carriedBy(tx, invitation);
    const known = given.every(({ invitationId }) => carried.some(({ id }) => id === invitationId));
    if (!known || new Set(given.map(({ invitationId }) => invitationId)).size !== given.length || given.length !== carried.length)
      throw new DomainError('invalid', { fields: { also: 'choose' } });
    for (const [at, one] of given.entries()) if (one.answer === 'consent') this.requireWhole(one.attorney, `also.${at}.attorney`);
    return given.map((answer, at) => ({ invitation: carried.find(({ id }) => id === answer.invitationId)!, answer, at }));
  }

  /** Returns whether one of them says no: then there is nothing to mediate for all of them. */
  private async answerCarried(
    tx: EntityManager,
    carried: Carried[],
    by: Pick<Joining, 'personId' | 'language'>,
    at: Date,
  ): Promise<boolean> {
    for (const { invitation, answer, at: place } of carried) {
      if (answer.answer === 'consent')
        await this.accept(tx, invitation, { ...by, attorney: answer.attorney, at: `also.${place}.attorney` }, at);
      else await close(tx, invitation.id, 'decline', at, await this.sealReason(tx, invitation, answer.reason));
    }
    return carried.some(({ answer }) => answer.answer === 'decline');
  }

  private async accept(tx: EntityManager, invitation: Invitation, joining: Joining & { at: string }, at: Date) {
    await this.refuseTwice(tx, invitation, joining);
    await this.join(tx, invitation, joining, at);
    await close(tx, invitation.id, 'consent', at, null);
  }

  private async sealReason(tx: EntityManager, { id, caseId }: Invitation, reason: string | undefined): Promise<Buffer | null> {
    return reason ? this.keys.seal(tx, { scope: 'case', id: caseId }, reason, `decline:${id}`) : null;
  }

  /** A power of attorney is as complete here as in an application, and lets its holder at least take part. `path`: where its fields stand. */
  private requireWhole(attorney: Attorney | undefined, path: string) {
    if (!attorney) return;
    const on = dayOf(this.clock.now().getTime(), kazakhstan.zone);
    const faults = Object.entries(attorneyRules).flatMap(([field, rule]) => {
      const fault = rule(attorney, on);
      return fault ? [[`${path}.${field}`, fault]] : [];
    });
    if (faults.length > 0) throw new DomainError('invalid', { fields: Object.fromEntries(faults) as Record<string, string> });
  }

  /** The code went where the invitation goes; a contact changed since then answers nothing. */
  private requireOwn({ emailHash, phoneHash }: Invitation, contactHash: Buffer) {
    if (![emailHash, phoneHash].some((hash) => hash?.equals(contactHash))) throw new DomainError('code.wrong');
  }

  /** Nobody is on both sides, whoever he speaks for; several of one side he is by what he acts for each of them, but one, by. */
  private async refuseTwice(tx: EntityManager, invitation: Invitation, { personId, attorney, at }: Joining & { at: string }) {
    const { caseId, partyId } = invitation;
    const same = (await tx.query(
      `SELECT p.side <> own.side AS opposed FROM parties p JOIN parties own ON own.id = $3 WHERE p.case_id = $1 AND p.id <> $3
         AND CASE WHEN p.side = own.side THEN $4 AND p.person_id = $2 AND p.representative_kind IS NULL
             ELSE p.person_id = $2 OR p.id_number_hash = (SELECT iin_hash FROM persons WHERE id = $2) END`,
      [caseId, personId, partyId, actingOf(invitation, attorney) === null],
    )) as { opposed: boolean }[];
    if (same.some(({ opposed }) => opposed)) throw new DomainError('case.person_on_both_sides');
    if (same.length > 0) throw new DomainError('invalid', { fields: { [`${at}.number`]: 'required' } });
  }

  /**
   * Name and language are as their holder gives them, not as the other side guessed. Who acts for somebody else, or for an organisation,
   * leaves the party its name and becomes its representative; what a power of attorney gives is as its holder says.
   */
  private async join(tx: EntityManager, invitation: Invitation, given: Joining, at: Date) {
    const { partyId } = invitation;
    const { personId, language, attorney } = given;
    const named = (await this.people.namesOf(tx, [personId])).get(personId)!;
    const acting = actingOf(invitation, attorney);
    await tx.query('UPDATE parties SET person_id = $2, joined_at = $3, language = $4, representative_kind = $5 WHERE id = $1', [
      partyId,
      personId,
      at,
      language,
      acting,
    ]);
    if (!acting) return rename(tx, partyId, named);
    await tx.query('UPDATE parties SET representative_name = $2 WHERE id = $1', [partyId, nameOf(named)]);
    const power = attorneyFrom(attorney);
    if (!power) return;
    const sealed = await this.keys.seal(tx, { scope: 'party', id: partyId }, power.paper, 'attorney');
    await tx.query(
      'UPDATE parties SET attorney_sealed = $2, attorney_until = $3, attorney_powers = $4, attorney_ended_at = NULL WHERE id = $1',
      [partyId, sealed, power.until, power.powers],
    );
  }

  /** The case goes on when everybody of both sides has agreed. */
  private async proceed(tx: EntityManager, actor: Actor, found: Case, at: Date) {
    const waiting = (await tx.query('SELECT 1 FROM parties WHERE case_id = $1 AND joined_at IS NULL', [found.id])) as object[];
    if (waiting.length > 0) await record(tx, actor, { type: 'invitation.consented', caseId: found.id, at });
    else await moveCase(tx, actor, found, 'consent', { at, event: 'case.consented', effects: this.effects });
  }
}

/** As what somebody joins for a party; nothing: for himself. */
const actingOf = ({ kind, representative }: Invitation, attorney: Attorney | undefined) =>
  attorney ? 'poa' : kind === 'organisation' ? (representative ?? 'head') : representative;

const rename = (tx: EntityManager, partyId: string, named: Named) =>
  tx.query('UPDATE parties SET surname = $2, given = $3, patronymic = $4, name_folded = $5 WHERE id = $1', [
    partyId,
    named.surname,
    named.given,
    named.patronymic,
    fold(nameOf(named)),
  ]);

const close = (tx: EntityManager, id: string, answer: 'consent' | 'decline', at: Date, reason: Buffer | null) =>
  tx.query('UPDATE invitations SET answered_at = $2, answer = $3, reason_sealed = $4, code_sealed = NULL WHERE id = $1', [
    id,
    at,
    answer,
    reason,
  ]);
