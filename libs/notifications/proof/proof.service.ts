import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor, CertifyNotice, LogCall, Side } from '#contract';
import { renderPdf } from '#documents';
import { fullName } from '#language';
import { Clock, Database, DomainError, record } from '#platform';
import { notOwn, posterOf } from '../deliveries.service.js';
import { type Called, certificateOf, certified, hashOf, type NoticeFacts, type Told } from './certificate.js';

type Party = { id: string; personId: string | null; name: string };
type Found = { number: string | null; ruleSet: string };

/** What the desk can show of its notices: calls that were made, and a certificate for the court. */
@Injectable()
export class ProofService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** A call is a fact of the case: who called whom when, and whether somebody answered; not what was said. */
  async logCall(actor: Actor, caseId: string, { partyId, outcome }: LogCall): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      authorize(actor, 'notice.oversee', null);
      await findCase(tx, caseId);
      const [party] = (await tx.query('SELECT side FROM parties WHERE id = $1 AND case_id = $2', [partyId, caseId])) as { side: Side }[];
      if (!party) throw new DomainError('not_found');
      await record(tx, actor, { type: 'party.called', caseId, at: this.clock.now(), data: { partyId, side: party.side, code: outcome } });
    });
  }

  /** The hash of what is certified enters the case's chain, so that a paper can be told from one that was changed. */
  async certify(actor: Actor, caseId: string, { side }: CertifyNotice): Promise<{ number: string; pdf: Uint8Array }> {
    const facts = await this.db.transaction(actor, async (tx) => {
      authorize(actor, 'notice.oversee', null);
      const { number, ruleSet } = await findCase(tx, caseId);
      if (!number) throw new DomainError('not_found');
      const [at, parties] = [this.clock.now(), await partiesOf(tx, caseId, side)];
      const read: NoticeFacts = {
        number,
        ruleSet,
        side,
        names: parties.map(({ name }) => name),
        at: at.toISOString(),
        told: await toldTo(tx, caseId, parties),
        called: await calledOf(tx, caseId, parties),
      };
      await record(tx, actor, { type: 'notice.certified', caseId, at, data: { side, hash: hashOf(read) } });
      return read;
    });
    return { number: facts.number, pdf: await renderPdf(certificateOf(facts)) };
  }
}

async function findCase(tx: EntityManager, caseId: string): Promise<Found> {
  const [found] = (await tx.query(
    `SELECT c.number, to_char(c.rules_on, 'YYYY-MM-DD') AS "ruleSet" FROM cases c WHERE c.id = $1 AND ${notOwn}`,
    [caseId],
  )) as Found[];
  if (!found) throw new DomainError('not_found');
  return found;
}

async function partiesOf(tx: EntityManager, caseId: string, side: Side): Promise<Party[]> {
  const rows = (await tx.query(
    `SELECT id, person_id AS "personId", organisation, coalesce(surname, '') AS surname, coalesce(given, '') AS given, patronymic
     FROM parties WHERE case_id = $1 AND side = $2 ORDER BY ordinal`,
    [caseId, side],
  )) as { id: string; personId: string | null; organisation: string | null; surname: string; given: string; patronymic: string | null }[];
  return rows.map((row) => ({ id: row.id, personId: row.personId, name: row.organisation ?? fullName(row) }));
}

async function toldTo(tx: EntityManager, caseId: string, parties: Party[]): Promise<Told[]> {
  const names = new Map(
    parties.flatMap(({ id, personId, name }) => [[id, name] as const, ...(personId ? [[personId, name] as const] : [])]),
  );
  const rows = (await tx.query(notices, [caseId, certified, [...names.keys()]])) as (Omit<Told, 'to'> & { recipientId: string })[];
  return rows.map(({ recipientId, ...told }) => ({ ...told, to: names.get(recipientId)! }));
}

async function calledOf(tx: EntityManager, caseId: string, parties: Party[]): Promise<Called[]> {
  const rows = (await tx.query(
    `SELECT ${instant('e.at')} AS at, e.data->>'partyId' AS "partyId", e.data->>'code' AS outcome
     FROM events e WHERE e.case_id = $1 AND e.type = 'party.called' ORDER BY e.at, e.id`,
    [caseId],
  )) as (Called & { partyId: string })[];
  return rows.flatMap(({ partyId, at, outcome }) => {
    const party = parties.find(({ id }) => id === partyId);
    return party ? [{ at, to: party.name, outcome }] : [];
  });
}

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const notices = `
  SELECT n.template, n.recipient_id AS "recipientId", n.channel, n.state, ${instant('n.created_at')} AS "plannedAt", ${instant('n.sent_at')} AS "sentAt",
    ${instant('n.read_at')} AS "readAt", n.check_code AS "checkCode",
    coalesce((SELECT jsonb_agg(jsonb_build_object('at', ${instant('a.at')}, 'provider', a.provider, 'outcome', a.outcome,
      'receipt', CASE WHEN a.provider <> 'desk' THEN a.receipt END, 'error', a.error, 'by', ${posterOf}) ORDER BY a.at, a.id)
      FROM delivery_attempts a WHERE a.notification_id = n.id), '[]') AS tries
  FROM notifications n WHERE n.case_id = $1 AND n.legal AND n.template = ANY($2) AND n.recipient_id = ANY($3) ORDER BY n.created_at, n.id`;
