import type { EntityManager } from 'typeorm';
import {
  type Actor,
  type CaseQuery,
  type CaseRow,
  type CaseRows,
  type CaseState,
  deskQueues,
  type SaveAnswers,
  type Side,
} from '#contract';
import { fold } from '#language';
import { DomainError, type Keys } from '#platform';
import { houseNumberFrom } from './case-number.js';
import { nextActor } from './case.lifecycle.js';
import type { Viewpoint } from './case.timeline.js';
import { isTurnOf, titleOf } from './case.view.js';
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
/** A list is a condition and an order; the values are numbered as they are written. */
type List = { where: string[]; values: unknown[]; newestFirst: boolean };

const columns = `c.id, c.number, c.state, c.category, c.district, c.state_since AS since, c.created_by AS "createdBy",
  (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL) AS "dueAt",
  (SELECT json_agg(json_build_object('side', p.side, 'personId', p.person_id, 'name', ${partyName('p')}) ORDER BY p.side, p.ordinal)
   FROM parties p WHERE p.case_id = c.id) AS parties`;

/** One page of the cases of this actor, by keyset: what moves while somebody reads neither hides a row nor repeats one. */
export async function pageOf(tx: EntityManager, keys: Keys, actor: Actor, query: CaseQuery): Promise<CaseRows> {
  const list = listOf(actor, query);
  if (!list) return { rows: [], next: null };
  const [order, beyond] = list.newestFirst ? ['DESC', '<'] : ['ASC', '>'];
  const values = [...list.values];
  const where = [...list.where];
  if (query.after) {
    values.push(...cursorFrom(query.after));
    where.push(`(c.state_since, c.id) ${beyond} ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  const title = actor.role === 'citizen' ? ', (SELECT a.answers_sealed FROM applications a WHERE a.case_id = c.id) AS answers' : '';
  const rows = (await tx.query(
    `SELECT ${columns}${title} FROM cases c WHERE ${where.join(' AND ')} ORDER BY c.state_since ${order}, c.id ${order} LIMIT ${query.limit + 1}`,
    values,
  )) as Row[];
  const shown = rows.slice(0, query.limit);
  return {
    rows: await Promise.all(shown.map((row) => rowOf(tx, keys, actor, row))),
    next: rows.length > shown.length ? cursorOf(shown.at(-1)!) : null,
  };
}

function listOf(actor: Actor, { queue, search: sought }: CaseQuery): List | null {
  if (actor.role === 'mediator') return { where: ['c.mediator_id = $1'], values: [actor.id], newestFirst: true };
  if (actor.role === 'citizen') {
    const own = 'SELECT o.id FROM cases o WHERE o.created_by = $1 UNION SELECT p.case_id FROM parties p WHERE p.person_id = $1';
    return { where: [`c.id IN (${own})`], values: [actor.id], newestFirst: true };
  }
  if (actor.role !== 'coordinator') return null;
  const list: List = { where: [`c.state <> 'DRAFT'`], values: [], newestFirst: !queue };
  if (queue) list.where.push(`c.state = ANY($${list.values.push(deskQueues[queue])})`);
  if (sought) search(list, sought);
  return list;
}

/** By our number in any spelling, else by any part of a party's name, Kazakh letters and look-alikes folded on both sides. */
function search(list: List, sought: string) {
  const number = houseNumberFrom(sought);
  if (number) {
    list.where.push(`c.number = $${list.values.push(number)}`);
    return;
  }
  const pattern = `%${fold(sought).replace(/[\\%_]/g, '\\$&')}%`;
  list.where.push(`c.id IN (SELECT search_parties($${list.values.push(pattern)}))`);
}

const cursorOf = ({ since, id }: Row) => `${since.toISOString()}~${id}`;

function cursorFrom(after: string): [string, string] {
  const [at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f-]{36})$/.exec(after)?.slice(1) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at))) throw new DomainError('invalid', { fields: { after: 'invalid' } });
  return [at, id];
}

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
  if (actor.role === 'coordinator' || actor.role === 'mediator') return actor.role;
  const own = parties.find(({ personId }) => personId === actor.id);
  return createdBy === actor.id || own?.side === 'A' ? 'party_a' : 'party_b';
}

async function titleIn(tx: EntityManager, keys: Keys, caseId: string, sealed: Buffer) {
  const answers = JSON.parse(await keys.open(tx, { scope: 'case', id: caseId }, sealed, 'answers')) as SaveAnswers;
  return answers.title;
}
