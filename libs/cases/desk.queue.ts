import { authorize } from '#access';
import {
  type Actor,
  type CaseListRow,
  type CaseQuery,
  type CaseRows,
  type CaseState,
  countedTo,
  type DeskCounts,
  type DeskQueue,
  type JoinFunnel,
} from '#contract';
import { foldings } from '#language';
import type { Database } from '#platform';
import { cursorFrom, cursorOf } from './case.cursor.js';
import { houseNumberFrom } from './case-number.js';
import { nextActor } from './case.lifecycle.js';
import { isTurnOf } from './case.view.js';

type Row = {
  id: string;
  number: string | null;
  state: CaseState;
  category: string;
  district: string;
  door: 'self' | 'desk' | 'court';
  since: Date;
  stuck_since: Date | null;
  stuck_code: string | null;
  chase_by: Date;
  due_at: Date | null;
  title: string | null;
};
/** So many finds of a search are shown, the newest: who gets as many types on. */
const foundAtMost = 1_000;

/** A page of the desk's list: the oldest first on a pile, on that of those to be reached whose day comes first, and the newest first where all are shown. */
export async function deskPage(db: Database, actor: Actor, query: CaseQuery): Promise<CaseRows> {
  const { queue = null, category = null, district = null, door = null, limit } = query;
  const number = query.search ? houseNumberFrom(query.search) : null;
  const found = !query.search ? null : number ? await numbered(db, actor, number) : await named(db, actor, query.search);
  if (found?.length === 0) return { rows: [], next: null };
  const [at, id] = query.after ? cursorFrom(query.after) : [null, null];
  const rows = await db.ask<Row>(actor, 'desk_page', [queue, category, district, door, found, at, id, limit + 1]);
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return {
    rows: rows.slice(0, limit).map(rowOf),
    next: last && cursorOf(queue === 'stuck' ? last.stuck_since! : queue === 'chase' ? last.chase_by : last.since, last.id),
  };
}

export async function deskCounts(db: Database, actor: Actor): Promise<DeskCounts> {
  authorize(actor, 'case.oversee', null);
  const rows = await db.ask<{ pile: DeskQueue; cases: number }>(actor, 'desk_counts', [countedTo]);
  return Object.fromEntries(rows.map(({ pile, cases }) => [pile, cases])) as DeskCounts;
}

export async function joinFunnel(db: Database, actor: Actor, days: number, now: Date): Promise<JoinFunnel> {
  authorize(actor, 'case.oversee', null);
  const since = new Date(now.getTime() - days * 86_400_000);
  const [row] = await db.ask<Omit<JoinFunnel, 'days' | 'joinedAfterNudge'> & { joined_after_nudge: number }>(actor, 'join_funnel', [
    since,
    now,
  ]);
  const { joined_after_nudge: joinedAfterNudge, ...steps } = row!;
  return { days, ...steps, joinedAfterNudge };
}

/** Every way in which the typed words may have been meant, each asked of the index. */
async function named(db: Database, actor: Actor, sought: string): Promise<string[]> {
  const finds = await Promise.all(
    foldings(sought).map((needle) => db.ask<{ answer: string[] }>(actor, 'search_cases', [needle, foundAtMost])),
  );
  return [...new Set(finds.flatMap(([row]) => row?.answer ?? []))];
}

async function numbered(db: Database, actor: Actor, number: string): Promise<string[]> {
  const rows = await db.transaction(
    actor,
    (tx) => tx.query('SELECT id FROM cases WHERE number = $1', [number]) as Promise<{ id: string }[]>,
  );
  return rows.map(({ id }) => id);
}

function rowOf({ id, number, state, category, district, door, since, stuck_since, stuck_code, due_at, title }: Row): CaseListRow {
  const next = nextActor(state);
  return {
    id,
    number,
    state,
    category,
    district,
    door,
    title: title ?? '',
    since: since.toISOString(),
    nextActor: next,
    yourTurn: isTurnOf('coordinator', next),
    dueAt: due_at?.toISOString() ?? null,
    stuck: stuck_since && { since: stuck_since.toISOString(), code: stuck_code! },
  };
}
