import type { EntityManager } from 'typeorm';
import type { Language } from '#contract';
import type { Audience } from './rules.js';

/** Somebody who may hear of facts: a person with an account, or a party known only by the contacts in its invitation. */
export type Member = {
  caseId: string | null;
  as: 'side_a' | 'side_b' | 'mediator' | 'offered' | 'desk' | 'council' | 'court' | 'administrator' | 'witness' | 'person';
  personId: string | null;
  /** Or a witness, who is no party of anything. */
  partyId: string | null;
  /** The last invitation of this party, or the offer to this mediator, and until when it stands. */
  invitationId: string | null;
  offerId: string | null;
  /** Its invitation was not turned down; its offer is the last one of the case. */
  standing: boolean;
  until: Date | null;
  language: Language;
  hasEmail: boolean;
  hasPhone: boolean;
  hasDevice: boolean;
  disabled: boolean;
  /** An open proposal of hours waits for his answer. */
  silent: boolean;
};

export type Occurrence = {
  id: string;
  type: string;
  caseId: string | null;
  number: string | null;
  actorId: string | null;
  data: Record<string, string | number | boolean | null>;
};

/** Who hears of this, among those of its case. */
export const among: Record<Audience, (of: Member, fact: Occurrence) => boolean> = {
  side_a: ({ as, personId }) => as === 'side_a' && personId !== null,
  side_b: ({ as, personId }) => as === 'side_b' && personId !== null,
  invited: ({ invitationId, standing }) => invitationId !== null && standing,
  unrepresented: ({ partyId, personId }, { data }) => personId === null && partyId !== null && partyId === data['partyId'],
  parties: (of) => (of.as === 'side_a' || of.as === 'side_b') && of.personId !== null,
  participants: (of) => of.as === 'mediator' || ((of.as === 'side_a' || of.as === 'side_b') && of.personId !== null),
  silent: ({ silent }) => silent,
  mediator: ({ as }) => as === 'mediator',
  offered: ({ as, offerId, standing }, { data }) => as === 'offered' && (data['offerId'] ? data['offerId'] === offerId : standing),
  desk: ({ as, disabled }) => as === 'desk' && !disabled,
  court: ({ as, disabled }) => as === 'court' && !disabled,
  council: ({ as, disabled }) => as === 'council' && !disabled,
  administrators: ({ as, disabled }) => as === 'administrator' && !disabled,
  witnesses: ({ as }) => as === 'witness',
  person: ({ as, personId }, { data }) => as === 'person' && personId === data['personId'],
};

/** Everybody whom facts of these cases, and of these persons, may concern: one statement for a whole batch. */
export async function membersOf(tx: EntityManager, caseIds: string[], personIds: string[]): Promise<Member[]> {
  return (await tx.query(members, [caseIds, personIds])) as Member[];
}

const device = `EXISTS (SELECT 1 FROM push_subscriptions d WHERE d.person_id = q.id)`;
const person = `q.language, q.email_sealed IS NOT NULL AS "hasEmail", q.phone_sealed IS NOT NULL AS "hasPhone", ${device} AS "hasDevice", q.disabled_at IS NOT NULL AS disabled`;
const members = `
  SELECT m.*, EXISTS (SELECT 1 FROM proposals o WHERE o.case_id = m."caseId" AND o.closed_at IS NULL AND m."as" IN ('side_a', 'side_b', 'mediator')
    AND NOT EXISTS (SELECT 1 FROM proposal_slots s JOIN slot_answers a ON a.slot_id = s.id WHERE s.proposal_id = o.id AND a.person_id = m."personId")
    AND m."personId" IS NOT NULL) AS silent
  FROM (
  SELECT p.case_id AS "caseId", CASE p.side WHEN 'A' THEN 'side_a' ELSE 'side_b' END AS "as", p.person_id AS "personId", p.id AS "partyId",
         i.id AS "invitationId", NULL::uuid AS "offerId", i.id IS NOT NULL AND coalesce(i.answer, 'consent') = 'consent' AND (i.with_id IS NULL OR i.answer IS NOT NULL) AS standing, i.expires_at AS until,
         coalesce(q.language, p.language) AS language,
         coalesce(CASE WHEN q.id IS NULL THEN p.email_sealed ELSE q.email_sealed END IS NOT NULL, false) AS "hasEmail",
         coalesce(CASE WHEN q.id IS NULL THEN p.phone_sealed ELSE q.phone_sealed END IS NOT NULL, false) AS "hasPhone",
         ${device} AS "hasDevice",
         q.disabled_at IS NOT NULL AS disabled
  FROM parties p LEFT JOIN persons q ON q.id = p.person_id
  LEFT JOIN LATERAL (SELECT id, answer, expires_at, with_id FROM invitations WHERE party_id = p.id ORDER BY round DESC LIMIT 1) i ON true
  WHERE p.case_id = ANY($1)
  UNION ALL
  SELECT c.id, 'mediator', q.id, NULL, NULL, NULL, false, NULL, ${person} FROM cases c JOIN persons q ON q.id = c.mediator_id WHERE c.id = ANY($1)
  UNION ALL
  SELECT o.case_id, 'offered', q.id, NULL, NULL, o.id, row_number() OVER (PARTITION BY o.case_id ORDER BY o.offered_at DESC, o.id DESC) = 1,
         o.expires_at, ${person}
  FROM offers o JOIN persons q ON q.id = o.mediator_id WHERE o.case_id = ANY($1)
  UNION ALL
  SELECT NULL, CASE r.role WHEN 'coordinator' THEN 'desk' ELSE r.role END, q.id, NULL, NULL, NULL, false, NULL, ${person}
  FROM person_roles r JOIN persons q ON q.id = r.person_id WHERE r.role IN ('coordinator', 'council', 'administrator')
  UNION ALL
  SELECT NULL, 'witness', NULL, w.id, NULL, NULL, false, NULL, w.language, true, false, false, false FROM audit_witnesses w WHERE w.until IS NULL
  UNION ALL
  SELECT c.id, 'court', q.id, NULL, NULL, NULL, false, NULL, ${person}
  FROM cases c JOIN person_roles r ON r.role = 'court' AND r.court_id = c.court_id JOIN persons q ON q.id = r.person_id WHERE c.id = ANY($1)
  UNION ALL
  SELECT NULL, 'person', q.id, NULL, NULL, NULL, false, NULL, ${person} FROM persons q WHERE q.id = ANY($2)
) m
`;
