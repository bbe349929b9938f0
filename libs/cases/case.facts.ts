import type { EntityManager } from 'typeorm';
import type { AccessibilityNeed, Side } from '#contract';
import { type Named, nameOf } from '#people';
import type { Keys } from '#platform';
import { type ApplicationRecord, readApplication } from './application.records.js';
import { isAgreedAnew } from './anew.records.js';
import type { Case } from './case.entity.js';
import type { KnownCase } from './case.moves.js';
import { runs } from './deadline.rules.js';
import { partyName } from './invitation.records.js';
import { openContact } from './party.records.js';
import { readSummary } from './summary.records.js';

export type PartyFacts = {
  id: string;
  side: Side;
  kind: 'person' | 'organisation';
  name: string;
  representative: string | null;
  byAttorney: boolean;
  personId: string | null;
  joined: boolean;
  email: string | null;
  phone: string | null;
  address: string | null;
  idNumber: string | null;
  accessibility: AccessibilityNeed[];
  interpreter: string | null;
};
/** Everything of a case that a view may be cut from. What the asker's row-level policies hide is null or missing here already. */
export type CaseFacts = {
  found: Case;
  subject: KnownCase;
  now: Date;
  dueAt: Date | null;
  parties: PartyFacts[];
  application: ApplicationRecord | null;
  summary: string | null;
  mediator: { id: string; name: string; kind: 'professional' | 'public' } | null;
  papers: {
    id: string;
    kind: 'contract' | 'settlement' | 'extension';
    scope: 'full' | 'partial' | null;
    frozen: boolean;
    concluded: boolean;
    superseded: boolean;
    confirmedByViewer: boolean;
  }[];
  invitation: { round: number; issuedAt: Date; expiresAt: Date; opened: boolean; understood: boolean; callDue: boolean } | null;
  offer: { mediator: string; expiresAt: Date } | null;
  refusalProposedBy: string | null;
  /** After the court did not approve: every party wants another settlement. */
  agreedAnew: boolean;
};

/** Whose contacts may be opened: all for the desk, one's own for a party, nobody's else. */
type ContactRule = (party: { personId: string | null; side: Side }) => boolean;

export async function factsOf(
  tx: EntityManager,
  keys: Keys,
  known: { found: Case; subject: KnownCase; now: Date; viewerId: string | null; mayContact: ContactRule },
): Promise<CaseFacts> {
  const { found, subject, now, viewerId, mayContact } = known;
  // Asked together, answered together: none of them waits for another.
  const [due, parties, application, summary, mediator, listed, invitations, offers, proposer, agreedAnew] = await Promise.all([
    one<Date>(tx, dueAt, [found.id], 'at'),
    partiesOf(tx, keys, found.id, mayContact),
    readApplication(tx, keys, found.id),
    readSummary(tx, keys, found.id),
    found.mediatorId ? mediatorOf(tx, found.mediatorId) : null,
    tx.query(papers, [found.id, viewerId]) as Promise<CaseFacts['papers']>,
    tx.query(lastInvitation, [found.id]) as Promise<CaseFacts['invitation'][]>,
    tx.query(openOffer, [found.id]) as Promise<CaseFacts['offer'][]>,
    found.refusalProposedBy ? one<string>(tx, personName, [found.refusalProposedBy], 'name') : null,
    found.state === 'COURT_REFUSED' && isAgreedAnew(tx, found.id),
  ]);
  return {
    found,
    subject,
    now,
    dueAt: due,
    parties,
    application,
    summary,
    mediator,
    papers: listed,
    invitation: invitations[0] ?? null,
    offer: offers[0] ?? null,
    refusalProposedBy: proposer,
    agreedAnew,
  };
}

async function partiesOf(tx: EntityManager, keys: Keys, caseId: string, mayContact: ContactRule): Promise<PartyFacts[]> {
  const rows = (await tx.query(
    `SELECT p.id, p.side, p.kind, ${partyName('p')} AS name, p.representative_name AS representative, p.person_id AS "personId",
            p.representative_kind IS NOT DISTINCT FROM 'poa' AND p.person_id IS NOT NULL AS "byAttorney",
            p.joined_at IS NOT NULL AS joined, p.accessibility, p.interpreter, p.email_sealed AS email, p.phone_sealed AS phone, p.address_sealed AS address, p.id_number_sealed AS "idNumber"
     FROM parties p WHERE p.case_id = $1 ORDER BY p.side, p.ordinal`,
    [caseId],
  )) as (Omit<PartyFacts, Sealed> & Record<Sealed, Buffer | null>)[];
  return Promise.all(
    rows.map(async (row) => {
      const open = (sealed: Buffer | null, field: 'email' | 'phone' | 'address' | 'id_number') =>
        mayContact(row) ? openContact(tx, keys, { scope: 'party', id: row.id }, sealed, field) : null;
      return {
        ...row,
        email: await open(row.email, 'email'),
        phone: await open(row.phone, 'phone'),
        address: await open(row.address, 'address'),
        idNumber: await open(row.idNumber, 'id_number'),
      };
    }),
  );
}
type Sealed = 'email' | 'phone' | 'address' | 'idNumber';

async function mediatorOf(tx: EntityManager, id: string): Promise<CaseFacts['mediator']> {
  const [row] = (await tx.query(
    'SELECT q.surname, q.given, q.patronymic, m.kind FROM persons q JOIN mediators m ON m.person_id = q.id WHERE q.id = $1',
    [id],
  )) as (Named & { kind: 'professional' | 'public' })[];
  return row ? { id, name: nameOf(row), kind: row.kind } : null;
}

async function one<T>(tx: EntityManager, sql: string, values: unknown[], column: string): Promise<T | null> {
  const [row] = (await tx.query(sql, values)) as Record<string, T>[];
  return row?.[column] ?? null;
}

const dueAt = `SELECT min(d.due_at) AS at FROM deadlines d WHERE d.case_id = $1 AND ${runs('d')}`;
const personName = `SELECT concat_ws(' ', surname, given, nullif(patronymic, '')) AS name FROM persons WHERE id = $1`;
const papers = `
  SELECT p.id, p.kind, p.scope, p.frozen_at IS NOT NULL AS frozen, p.concluded_at IS NOT NULL AS concluded, p.superseded_at IS NOT NULL AS superseded,
         EXISTS (SELECT 1 FROM confirmations c WHERE c.paper_id = p.id AND c.person_id = $2)
           AND NOT EXISTS (SELECT 1 FROM parties y WHERE y.case_id = p.case_id AND y.person_id = $2
             AND NOT EXISTS (SELECT 1 FROM confirmations c WHERE c.paper_id = p.id AND c.party_id = y.id)) AS "confirmedByViewer"
  FROM papers p WHERE p.case_id = $1 AND p.abandoned_at IS NULL ORDER BY p.created_at, p.id`;
const lastInvitation = `
  SELECT round, issued_at AS "issuedAt", expires_at AS "expiresAt", opened_at IS NOT NULL AS opened, understood_at IS NOT NULL AS understood,
    EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id AND c.stuck_code = 'CALL') AS "callDue"
  FROM invitations WHERE case_id = $1 ORDER BY round DESC, id LIMIT 1`;
const openOffer = `
  SELECT concat_ws(' ', q.surname, q.given, nullif(q.patronymic, '')) AS mediator, o.expires_at AS "expiresAt"
  FROM offers o JOIN persons q ON q.id = o.mediator_id WHERE o.case_id = $1 AND o.answered_at IS NULL`;
