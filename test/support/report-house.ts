import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { dice } from './report-caseload.js';
import { addTo, localMonth, type Recount } from './report-recount.js';
import { copy } from './report-writing.js';

/** What a party answered of a stage: four marks, or none where it would rather not say. */
export type MadeAnswer = { month: string; stage: string; language: 'kk' | 'ru'; scores: (number | null)[] };
export type MadeTalk = { endedAt: Date; outcome: string; language: string; category: string; district: string | null };
export type MadeEvent = { on: string; kind: string; people: number };
export type MadeMediator = { kind: string; district: string; status: string; from: string | null; until: string | null };
/** What the House does besides its cases: lines 2, 12.1, 18 and 19. */
export type MadeHouse = { answers: MadeAnswer[]; talks: MadeTalk[]; events: MadeEvent[]; mediators: MadeMediator[] };

const questions = ['overall', 'clear', 'heard', 'timely'] as const;
type Sizes = { answers?: number; talks?: number; events?: number; mediators?: number; months: readonly string[]; seed?: number };
export function madeHouse({ answers = 0, talks = 0, events = 0, mediators = 0, months, seed = 9 }: Sizes): MadeHouse {
  const roll = dice(seed);
  const some = <T>(list: readonly T[]) => list[roll(list.length)]!;
  const dayIn = (month: string) => `${month}-${String(1 + roll(28)).padStart(2, '0')}`;
  const many = <T>(count: number, make: () => T) => Array.from({ length: count }, make);
  return {
    answers: many(answers, () => ({
      month: some(months),
      stage: some(['intake', 'intake', 'contract', 'mediation', 'performance']),
      language: some(['kk', 'kk', 'ru'] as const),
      scores: questions.map(() => (roll(5) === 0 ? null : 1 + roll(5))),
    })),
    talks: many(talks, () => ({
      endedAt: new Date(`${dayIn(some(months))}T${String(roll(24)).padStart(2, '0')}:30:00+05:00`),
      outcome: some(['advice', 'advice', 'nothing', 'withdrawn', 'expired']),
      language: some(['kk', 'kk', 'ru']),
      category: some(['family', 'debt', 'labour', 'neighbours']),
      district: some(['oskemen', 'oskemen', 'ridder', 'ulan', null]),
    })),
    events: many(events, () => ({
      on: dayIn(some(months)),
      kind: some(['training', 'mediation_day', 'open_day', 'lecture', 'other']),
      people: 5 + roll(200),
    })),
    mediators: many(mediators, () => {
      const status = some(['active', 'active', 'active', 'suspended', 'excluded']);
      const from = status === 'active' ? null : dayIn(some(months));
      const later = months.filter((month) => from !== null && month > from.slice(0, 7));
      const until = status === 'suspended' && later.length > 0 && roll(3) > 0 ? dayIn(some(later)) : null;
      return { kind: some(['professional', 'public', 'public']), district: some(['oskemen', 'ridder', 'altai']), status, from, until };
    }),
  };
}

/** As they would have arrived, as the superuser. */
export async function writeHouse(admin: pg.ClientBase, { answers, talks, events, mediators }: MadeHouse) {
  await admin.query('SET session_replication_role = replica');
  const pairs = questions.map((one) => `${one}_n = s.${one}_n + excluded.${one}_n, ${one}_total = s.${one}_total + excluded.${one}_total`);
  for (const [key, sum] of sumsOf(answers))
    await admin.query(
      `INSERT INTO satisfaction AS s VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (month, stage, language) DO UPDATE SET ${pairs.join(', ')}`,
      [...key.split('|'), ...sum],
    );
  await copy(
    admin,
    'consultations (id, room_id, asker_id, language, category, source, asked_at, ended_at, outcome, district)',
    talks.map(({ endedAt, outcome, language, category, district }) => {
      const at = endedAt.toISOString();
      return [randomUUID(), randomUUID(), randomUUID(), language, category, 'start', at, at, outcome, district];
    }),
  );
  await copy(
    admin,
    'house_events (id, kind, title, held_on, people, noted_by, noted_at)',
    events.map(({ on, kind, people }) => [randomUUID(), kind, 'Ашық күн', on, people, randomUUID(), `${on}T12:00:00Z`]),
  );
  await copy(
    admin,
    'mediators (person_id, kind, register_number, register_entry_date, languages, fields, district, capacity, status, status_from, status_until)',
    mediators.map(({ kind, district, status, from, until }, at) => [
      randomUUID(),
      kind,
      `R-${at}`,
      '2020-01-01',
      '{kk}',
      '{civil}',
      district,
      9,
      status,
      from,
      until,
    ]),
  );
  await admin.query('SET session_replication_role = origin');
}

function sumsOf(answers: readonly MadeAnswer[]) {
  const sums = new Map<string, number[]>();
  for (const { month, stage, language, scores } of answers) {
    const key = `${month}-01|${stage}|${language}`;
    const more = scores.flatMap((score) => [score === null ? 0 : 1, score ?? 0]);
    const before = sums.get(key);
    sums.set(key, before ? before.map((value, at) => value + more[at]!) : more);
  }
  return sums;
}

/** Lines 2, 12.1, 18 and 19 of a period, counted from the list alone. Of mediators it is a number of the last day. */
export function recountHouse(house: MadeHouse, months: readonly string[]): Recount {
  const all: Recount = new Map();
  for (const { stage, language, scores } of house.answers.filter(({ month }) => months.includes(month)))
    for (const [at, question] of questions.entries()) {
      const score = scores[at];
      if (score === null || score === undefined) continue;
      const cuts = at > 0 ? [['question', question]] : [['all', 'all'], ['stage', stage], ['language', language]]; // prettier-ignore
      for (const [dim, value] of cuts) addTo(all, 'satisfaction', dim!, value!, score);
    }
  for (const { endedAt, outcome, language, category, district } of house.talks)
    if (months.includes(localMonth(endedAt)) && ['advice', 'nothing'].includes(outcome))
      for (const [dim, value] of [
        ['all', 'all'],
        ['category', category],
        ['language', language],
        ['district', district ?? 'unknown'],
      ])
        // prettier-ignore
        addTo(all, 'consultations_only', dim!, value!);
  for (const { kind, people } of house.events.filter(({ on }) => months.includes(on.slice(0, 7))))
    for (const [dim, value] of [
      ['all', 'all'],
      ['event_kind', kind],
    ]) {
      addTo(all, 'events', dim!, value!);
      addTo(all, 'people_reached', dim!, value!, 0, people);
    }
  for (const { kind, district, status, from, until } of house.mediators) {
    const end = afterOf(months.at(-1)!);
    const isSuspended = status === 'suspended' && (from ?? '') < end && (until ?? '9999') >= end;
    if (status === 'excluded' || isSuspended) continue;
    for (const [dim, value] of [
      ['all', 'all'],
      ['mediator_kind', kind],
      ['district', district],
    ])
      addTo(all, 'active_mediators', dim!, value!);
  }
  return all;
}

/** The first day after a month. */
function afterOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}
