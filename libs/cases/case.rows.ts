import type { EntityManager } from 'typeorm';
import type { Actor, CaseQuery, CaseRow, CaseRows, CaseState, SaveAnswers, Side } from '#contract';
import type { Keys } from '#platform';
import { cursorFrom, cursorOf } from './case.cursor.js';
import { nextActor } from './case.lifecycle.js';
import type { Viewpoint } from './case.timeline.js';
import { isTurnOf, titleOf } from './case.view.js';
import { runs } from './deadline.rules.js';
import { partyName } from './invitation.records.js';

type Row = {
  id: string;
  number: string | null;
  state: CaseState;
  category: string;
  district: string;
  since: Date;
  dueAt: Date | null;
  createdBy: string;
  parties: { side: Side; name: string; personId: string | null }[] | null;
  answers: Buffer | null;
};
const columns = `c.id, c.number, c.state, c.category, c.district, c.state_since AS since, c.created_by AS "createdBy",
  (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND ${runs('d')}) AS "dueAt",
  (SELECT json_agg(json_build_object('side', p.side, 'personId', p.person_id, 'name', ${partyName('p')}) ORDER BY p.side, p.ordinal)
   FROM parties p WHERE p.case_id = c.id) AS parties`;

/** One page of what a party or a mediator is in, the newest first. Offices have lists of their own. */
export async function pageOf(tx: EntityManager, keys: Keys, actor: Actor, query: CaseQuery): Promise<CaseRows> {
  const own = query.unsent ? unsentOf(actor) : ownOf(actor);
  if (!own) return { rows: [], next: null };
  const values: unknown[] = [actor.id];
  const where = [own];
  if (query.after) {
    values.push(...cursorFrom(query.after));
    where.push('(c.state_since, c.id) < ($2::timestamptz, $3::uuid)');
  }
  const title = actor.role === 'citizen' ? ', (SELECT a.answers_sealed FROM applications a WHERE a.case_id = c.id) AS answers' : '';
  const rows = (await tx.query(
    `SELECT ${columns}${title} FROM cases c WHERE ${where.join(' AND ')} ORDER BY c.state_since DESC, c.id DESC LIMIT ${query.limit + 1}`,
    values,
  )) as Row[];
  const shown = rows.slice(0, query.limit);
  const last = rows.length > shown.length ? shown.at(-1)! : null;
  return { rows: await Promise.all(shown.map((row) => rowOf(tx, keys, actor, row))), next: last && cursorOf(last.since, last.id) };
}

function ownOf({ role }: Actor): string | null {
  if (role === 'mediator') return 'c.mediator_id = $1';
  if (role !== 'citizen') return null;
  return 'c.id IN (SELECT o.id FROM cases o WHERE o.created_by = $1 UNION SELECT p.case_id FROM parties p WHERE p.person_id = $1)';
}

/** At the desk as well: what an operator has begun for somebody stands in no pile before it is sent. */
const unsentOf = ({ role }: Actor) => (role === 'citizen' || role === 'coordinator' ? `c.created_by = $1 AND c.state = 'DRAFT'` : null);

async function rowOf(tx: EntityManager, keys: Keys, actor: Actor, row: Row): Promise<CaseRow> {
  const parties = row.parties ?? [];
  const viewpoint = viewpointOf(actor, row, parties);
  const next = nextActor(row.state);
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    category: row.category,
    district: row.district,
    title: titleOf(
      viewpoint,
      row.answers && (await titleIn(tx, keys, row.id, row.answers)),
      parties.map(({ name }) => name),
    ),
    since: row.since.toISOString(),
    nextActor: next,
    yourTurn: isTurnOf(viewpoint, next),
    dueAt: row.dueAt?.toISOString() ?? null,
  };
}

function viewpointOf(actor: Actor, { createdBy }: Row, parties: NonNullable<Row['parties']>): Viewpoint {
  if (actor.role === 'mediator') return 'mediator';
  const own = parties.find(({ personId }) => personId === actor.id);
  return createdBy === actor.id || own?.side === 'A' ? 'party_a' : 'party_b';
}

async function titleIn(tx: EntityManager, keys: Keys, caseId: string, sealed: Buffer) {
  const answers = JSON.parse(await keys.open(tx, { scope: 'case', id: caseId }, sealed, 'answers')) as SaveAnswers;
  return answers.title;
}
