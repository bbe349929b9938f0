import type { EntityManager } from 'typeorm';
import type { Language, Side } from '#contract';
import { DomainError, type Keys } from '#platform';
import type { Case } from './case.entity.js';
import { openContact } from './party.records.js';

/** An invitation with the party it invites. Contacts stay sealed until they are needed. */
export type Invitation = {
  id: string;
  caseId: string;
  partyId: string;
  /** The invitation whose code answers for this one. */
  withId: string | null;
  expiresAt: Date;
  revokedAt: Date | null;
  openedAt: Date | null;
  understoodAt: Date | null;
  answer: 'consent' | 'decline' | 'silence' | null;
  side: Side;
  kind: 'person' | 'organisation';
  representative: 'head' | 'poa' | 'legal' | null;
  invited: string;
  language: Language;
  email: Buffer | null;
  phone: Buffer | null;
  emailHash: Buffer | null;
  phoneHash: Buffer | null;
};
export type InvitationState = 'open' | 'consented' | 'declined' | 'expired' | 'withdrawn';

/** The invitation whose code the visitor has shown; absent for everybody else. */
export async function findInvitation(tx: EntityManager, id: string): Promise<Invitation> {
  const [found] = (await tx.query(`${invitations} WHERE i.id = $1`, [id])) as Invitation[];
  if (!found) throw new DomainError('invitation.unusable');
  return found;
}

/** What is still asked under the code of another invitation: others of its side, by the same contact. */
export const carriedBy = (tx: EntityManager, { id }: Pick<Invitation, 'id'>) =>
  tx.query(`${invitations} WHERE i.with_id = $1 AND i.answered_at IS NULL AND i.revoked_at IS NULL ORDER BY p.ordinal`, [id]) as Promise<
    Invitation[]
  >;

/** A party's name as lists and letters show it: an organisation's own, a person's with surname first. */
export const partyName = (alias: string) =>
  `coalesce(${alias}.organisation, concat_ws(' ', ${alias}.surname, ${alias}.given, nullif(${alias}.patronymic, '')))`;

const invitations = `SELECT i.id, i.case_id AS "caseId", i.party_id AS "partyId", i.with_id AS "withId", i.expires_at AS "expiresAt", i.revoked_at AS "revokedAt", i.opened_at AS "openedAt",
            i.understood_at AS "understoodAt", i.answer, p.side, p.kind, p.representative_kind AS representative, ${partyName('p')} AS invited, p.language,
            p.email_sealed AS email, p.phone_sealed AS phone, p.email_hash AS "emailHash", p.phone_hash AS "phoneHash"
     FROM invitations i JOIN parties p ON p.id = i.party_id`;

/** What the page behind the code says. Why an invitation no longer stands is told only as far as it concerns the invited. */
export function stateOf(invitation: Invitation, found: Pick<Case, 'state'>, now: Date): InvitationState {
  if (invitation.answer === 'consent') return 'consented';
  if (invitation.answer === 'decline') return 'declined';
  if (invitation.answer === 'silence' || invitation.expiresAt < now) return 'expired';
  return invitation.revokedAt || found.state !== 'INVITED' ? 'withdrawn' : 'open';
}

/** Where a one-time code may go, the telephone first: people without e-mail are ordinary. */
export const channelsOf = ({ email, phone }: Invitation): ('sms' | 'email')[] => [
  ...(phone ? (['sms'] as const) : []),
  ...(email ? (['email'] as const) : []),
];

export async function contactOf(tx: EntityManager, keys: Keys, invitation: Invitation, channel: 'sms' | 'email'): Promise<string> {
  const field = channel === 'sms' ? 'phone' : 'email';
  const contact = await openContact(tx, keys, { scope: 'party', id: invitation.partyId }, invitation[field], field);
  if (!contact) throw new DomainError('invalid', { fields: { channel: 'choose' } });
  return contact;
}

/** Who invites: the applicant side, but for whom it asks to join it; where a court sends both sides, the court to its own first party. */
export async function inviterOf(
  tx: EntityManager,
  { partyId, language }: Invitation,
  { id, courtId }: Pick<Case, 'id' | 'courtId'>,
): Promise<string> {
  const [row] = (await tx.query(
    `SELECT (SELECT string_agg(${partyName('p')}, ', ' ORDER BY p.ordinal) FROM parties p WHERE p.case_id = $1 AND p.side = 'A' AND p.id <> $2) AS names,
            (SELECT CASE $4 WHEN 'ru' THEN k.ru WHEN 'en' THEN k.en ELSE k.kk END FROM courts k WHERE k.id = $3) AS court`,
    [id, partyId, courtId, language],
  )) as [{ names: string | null; court: string | null }];
  return row.names ?? row.court ?? '';
}
