import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor, CodeSent, InvitationView, Side } from '#contract';
import { CodesService, type From, Throttle } from '#people';
import { Clock, Database, DomainError, KeyedHash, Keys, newId, newPaperCode, paperCodeFrom, record } from '#platform';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { findCase, isNew, lockCase, moveCase, subjectOf } from './case.moves.js';
import { dueAt } from './deadline.rules.js';
import { carriedBy, channelsOf, contactOf, findInvitation, type Invitation, inviterOf, stateOf } from './invitation.records.js';
import { readSummary } from './summary.records.js';

const visitor: Actor = { id: null, role: 'visitor' };

/** The way in of the invited side: a short code, a page in neutral words, and nothing asked before it is understood. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    private readonly throttle: Throttle,
    private readonly codes: CodesService,
    private readonly effects: CaseEffects,
  ) {}

  /** One invitation for everybody who has not joined, on whatever side, and one code where several of a side are reached by one contact, in the transaction that lets the case go on. A new round ends what was left of the last. */
  async issue(tx: EntityManager, found: Case, at: Date): Promise<{ round: number }> {
    const [{ round }] = (await tx.query('SELECT coalesce(max(round), 0)::int + 1 AS round FROM invitations WHERE case_id = $1', [
      found.id,
    ])) as [{ round: number }];
    await tx.query('UPDATE invitations SET revoked_at = $2, code_sealed = NULL WHERE case_id = $1 AND revoked_at IS NULL', [found.id, at]);
    const parties = (await tx.query(waiting, [found.id])) as Waiting[];
    const bearers: (Waiting & { invitationId: string })[] = [];
    for (const party of parties) {
      const bearer = bearers.find((one) => isReachedAlike(one, party));
      const invitationId = await this.invite(tx, found, { partyId: party.id, round, withId: bearer?.invitationId ?? null }, at);
      if (!bearer) bearers.push({ ...party, invitationId });
    }
    return { round };
  }

  /** For one party that nobody acts for, while its answer is still asked: what stands is left, what was answered for it by another begins again. */
  async ensure(tx: EntityManager, found: Case, partyId: string, at: Date): Promise<'stands' | 'anew'> {
    const [last] = (await tx.query(lastOf, [partyId])) as { id: string; round: number; open: boolean }[];
    if (last?.open) return 'stands';
    const id = await this.invite(tx, found, { partyId, round: (last?.round ?? 0) + 1, withId: null }, at);
    await tx.query(
      'UPDATE invitations SET expires_at = coalesce((SELECT min(due_at) FROM deadlines WHERE case_id = $2 AND code = $3 AND fired_at IS NULL AND cancelled_at IS NULL), expires_at) WHERE id = $1',
      [id, found.id, 'PROPOSAL_ANSWER'],
    );
    return 'anew';
  }

  /** After a refusal or silence: a new proposal; the old one stays in the log. */
  reinvite(actor: Actor, caseId: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'case.reinvite', await subjectOf(tx, found));
      if (!(await isNew(tx, actor, found, 'reinvite'))) return;
      const at = this.clock.now();
      await tx.query(`UPDATE parties SET joined_at = NULL WHERE case_id = $1 AND ($2 OR side = 'B' OR ordinal > 1)`, [
        caseId,
        found.door === 'court',
      ]);
      const data = await this.issue(tx, found, at);
      await moveCase(tx, actor, found, 'reinvite', { at, event: 'case.reinvited', effects: this.effects, data });
    });
  }

  /** Wrong, expired and revoked codes get one answer, after the same work; only wrong ones use up the budgets. */
  async open(typed: string, { network }: From): Promise<{ id: string; expiresAt: Date }> {
    const taken = await this.throttle.spendAll({ 'invitation_guess.network': network, 'invitation_guess.everybody': '' });
    const at = this.clock.now();
    const hash = this.hashes.of('invitation', paperCodeFrom(typed) ?? '');
    const [{ id }] = await this.db.transaction(
      visitor,
      (tx) => tx.query('SELECT find_invitation($1, $2) AS id', [hash, at]) as Promise<[{ id: string | null }]>,
    );
    if (!id) throw new DomainError('invitation.unusable');
    await this.throttle.giveBack(taken);
    return this.mark(id, 'opened_at', 'invitation.opened');
  }

  understand(id: string): Promise<unknown> {
    return this.mark(id, 'understood_at', 'invitation.understood');
  }

  view(id: string): Promise<InvitationView> {
    return this.with(id, findCase, async (tx, invitation, found) => {
      const state = stateOf(invitation, found, this.clock.now());
      const stands = state !== 'expired' && state !== 'withdrawn';
      const channels = channelsOf(invitation);
      return {
        inviter: await inviterOf(tx, invitation, found),
        invited: invitation.invited,
        summary: stands ? ((await readSummary(tx, this.keys, found.id)) ?? '') : '',
        category: found.category,
        language: invitation.language,
        expiresAt: invitation.expiresAt.toISOString(),
        understood: invitation.understoodAt !== null,
        state,
        channel: channels[0] ?? null,
        channels,
        hasAccount: await this.hasAccount(tx, invitation),
        caseId: state === 'consented' ? found.id : null,
        also: (await carriedBy(tx, invitation)).map((one) => ({ invitationId: one.id, invited: one.invited })),
      };
    });
  }

  /** A one-time code to the invited contact itself: whoever merely holds the invitation can't answer it. */
  sendCode(id: string, asked: { channel?: 'sms' | 'email' }, { network }: From): Promise<CodeSent> {
    return this.with(id, findCase, async (tx, invitation, found) => {
      if (stateOf(invitation, found, this.clock.now()) !== 'open') throw new DomainError('invitation.unusable');
      const channel = asked.channel ?? channelsOf(invitation)[0] ?? 'sms';
      const contact = await contactOf(tx, this.keys, invitation, channel);
      const { language } = invitation;
      return this.codes.issue(tx, { purpose: 'answer_invitation', channel, contact, subjectId: id, language, network });
    });
  }

  /** By the sweep of deadlines: silence counts as no answer, for all who have not answered. */
  async expire(tx: EntityManager, actor: Actor, found: Case, at: Date): Promise<void> {
    await tx.query(
      `UPDATE invitations SET answered_at = $2, answer = 'silence', code_sealed = NULL WHERE case_id = $1 AND answered_at IS NULL AND revoked_at IS NULL`,
      [found.id, at],
    );
    await moveCase(tx, actor, found, 'expire_invitation', { at, event: 'case.expired_invitation', effects: this.effects });
  }

  private async invite(
    tx: EntityManager,
    found: Case,
    { partyId, round, withId }: { partyId: string; round: number; withId: string | null },
    at: Date,
  ): Promise<string> {
    const [id, code] = [newId(), withId ? null : newPaperCode()];
    await tx.query(
      'INSERT INTO invitations (id, case_id, party_id, round, code_hash, code_sealed, issued_at, expires_at, with_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [
        id,
        found.id,
        partyId,
        round,
        code && this.hashes.of('invitation', code),
        code && (await this.keys.seal(tx, { scope: 'party', id: partyId }, code, 'invitation')),
        at,
        dueAt('PROPOSAL_ANSWER', at, found.rulesOn),
        withId,
      ],
    );
    return id;
  }

  /** Once, the first time: the desk sees how far an invitation has come. */
  private mark(id: string, column: 'opened_at' | 'understood_at', type: 'invitation.opened' | 'invitation.understood') {
    return this.with(id, lockCase, async (tx, invitation, found) => {
      const at = this.clock.now();
      const { expiresAt } = invitation;
      if (stateOf(invitation, found, at) !== 'open') return { id, expiresAt };
      const [, changed] = (await tx.query(`UPDATE invitations SET ${column} = $2 WHERE $1 IN (id, with_id) AND ${column} IS NULL`, [
        id,
        at,
      ])) as [unknown, number];
      if (changed > 0) await record(tx, visitor, { type, caseId: found.id, at, data: { invitationId: id } });
      return { id, expiresAt };
    });
  }

  /** As the visitor who has shown the code; to change anything, the case is held first, as everywhere. */
  private with<T>(
    id: string,
    find: typeof findCase,
    work: (tx: EntityManager, invitation: Invitation, found: Case) => Promise<T>,
  ): Promise<T> {
    return this.db.transaction(
      visitor,
      async (tx) => {
        const found = await find(tx, (await findInvitation(tx, id)).caseId);
        const invitation = await findInvitation(tx, id);
        if (invitation.revokedAt && found.state !== 'WITHDRAWN') throw new DomainError('invitation.unusable');
        return work(tx, invitation, found);
      },
      { invitationId: id },
    );
  }

  private async hasAccount(tx: EntityManager, { emailHash, phoneHash }: Invitation): Promise<boolean> {
    const known = (await tx.query('SELECT 1 FROM persons WHERE email_hash = $1 OR phone_hash = $2', [emailHash, phoneHash])) as object[];
    return known.length > 0;
  }
}

const lastOf = `SELECT id, round, answered_at IS NULL AND revoked_at IS NULL AND code_sealed IS NOT NULL AS open FROM invitations WHERE party_id = $1 ORDER BY round DESC LIMIT 1`;
type Waiting = { id: string; side: Side; emailHash: Buffer | null; phoneHash: Buffer | null };
const waiting = `SELECT id, side, email_hash AS "emailHash", phone_hash AS "phoneHash" FROM parties WHERE case_id = $1 AND joined_at IS NULL ORDER BY side, ordinal`;
/** Of one side, and every way that leads to one of them leads to the other: whoever answers for one could answer for both. */
const isReachedAlike = (one: Waiting, other: Waiting) =>
  one.side === other.side &&
  isSame(one.emailHash, other.emailHash) &&
  isSame(one.phoneHash, other.phoneHash) &&
  Boolean(one.emailHash ?? one.phoneHash);
const isSame = (one: Buffer | null, other: Buffer | null) => (one && other ? one.equals(other) : one === other);
