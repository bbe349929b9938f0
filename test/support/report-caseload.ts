import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A fact of a made case: when, and which. */
export type MadeFact = { at: Date; type: string; data: Record<string, string> };
export type MadeCase = {
  id: string;
  number: string;
  state: string;
  ground: string | null;
  category: string;
  subcategory: string;
  district: string;
  language: 'kk' | 'ru';
  door: 'self' | 'desk' | 'court';
  courtId: string | null;
  mediatorKind: 'professional' | 'public' | 'none';
  parties: ('person' | 'organisation')[];
  /** Of each party, as its number would tell; null where none does. */
  traits: ({ sex: string; band: string } | null)[];
  filedAt: Date;
  facts: MadeFact[];
};

const kinds = [
  'neighbours/noise',
  'debt/loan',
  'debt/utilities',
  'family/divorce',
  'family/alimony',
  'labour/pay',
  'land/use',
  'criminal/minor',
];
const districts = ['oskemen', 'oskemen', 'oskemen', 'ridder', 'altai', 'ulan', 'samar', 'zaisan', 'markakol'];
const courts = ['OSKEMEN_CITY', 'RIDDER_CITY', 'EKR_ECONOMIC'];
const day = 86_400_000;

/** The same numbers for the same seed, on every machine (mulberry32). */
function dice(seed: number) {
  let at = seed;
  return (sides: number) => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/** So many cases filed over so many days, each with the facts that its life has left: the list that reports are counted against. */
export function madeCases(count: number, { from = '2026-01-01T00:00:00+05:00', overDays = 330, seed = 7 } = {}): MadeCase[] {
  const roll = dice(seed);
  const some = <T>(list: readonly T[]) => list[roll(list.length)]!;
  return Array.from({ length: count }, (_, at): MadeCase => {
    const [category, subcategory] = some(kinds).split('/') as [string, string];
    const filedAt = new Date(Date.parse(from) + Math.floor((roll(overDays * 1440) / 1440) * day));
    const door = some(['self', 'self', 'self', 'desk', 'court'] as const);
    const made: MadeCase = {
      id: randomUUID(),
      number: `R-${seed}-${at}`,
      state: 'SUBMITTED',
      ground: null,
      category,
      subcategory,
      district: some(districts),
      language: some(['kk', 'kk', 'ru'] as const),
      door,
      courtId: door === 'court' ? some(courts) : null,
      mediatorKind: 'none',
      parties: Array.from({ length: 2 + roll(2) }, () => some(['person', 'person', 'organisation'] as const)),
      traits: [],
      filedAt,
      facts: [],
    };
    made.traits = made.parties.map((kind, place) => (kind === 'person' ? traitsOf(at * 5 + place) : null));
    live(made, roll);
    return made;
  });
}

const sexes = ['female', 'male', 'female'] as const;
const bands = ['under_30', 'from_30', 'from_45', 'from_60', 'from_30'] as const;
/** Every seventh has given no number. */
const traitsOf = (at: number) => (at % 7 === 3 ? null : { sex: sexes[(at >> 1) % 3]!, band: bands[(at >> 2) % 5]! });

function live(made: MadeCase, roll: (sides: number) => number) {
  let at = made.filedAt.getTime();
  const fact = (type: string, afterDays: number, to: string, data: Record<string, string> = {}) => {
    at += afterDays * day + roll(60_000);
    made.facts.push({ at: new Date(at), type, data: { from: made.state, to, ...data } });
    made.state = to;
  };
  made.facts.push({ at: made.filedAt, type: 'case.submitted', data: { action: 'submit', from: 'DRAFT', to: 'SUBMITTED' } });
  if (roll(12) === 0) return fact('case.refused', 2, 'REFUSED_SCOPE', { code: ['THIRD_PARTY', 'CORRUPTION'][roll(2)]! });
  fact('case.invited', 1, 'INVITED');
  const answer = roll(10);
  if (answer === 0) return fact('case.declined', 3, 'DECLINED');
  if (answer < 3) return fact('case.expired_invitation', 10, 'NO_RESPONSE');
  fact('case.consented', roll(9), 'CONSENTED');
  if (roll(8) === 0) return;
  made.mediatorKind = roll(3) === 0 ? 'professional' : 'public';
  fact('case.mediation_started', 4 + roll(6), 'IN_MEDIATION');
  if (roll(6) === 0) fact('case.extended', 20, 'EXTENDED');
  const end = roll(10);
  if (end < 3) {
    made.ground = ['2', '3', '4', '5', 'T1'][roll(5)]!;
    return fact('case.terminated', 5 + roll(20), 'TERMINATED', { ground: made.ground });
  }
  if (end === 3) return;
  made.ground = '1';
  fact('case.settled', 5 + roll(20), end === 4 ? 'SETTLED_PARTIAL' : 'SETTLED_FULL', { ground: '1' });
  if (made.courtId && roll(3) > 0) fact('case.sent_to_court', 1, 'AT_COURT');
}

/** Writes the list as the superuser, as years of work would have left it. Hashes are not of a chain here: nobody verifies these. */
export async function writeCases(admin: pg.ClientBase, made: readonly MadeCase[]) {
  const mediators = new Map<string, string>();
  const [creator] = (await admin.query('SELECT id FROM persons LIMIT 1')).rows as { id: string }[];
  if (!creator) throw new Error('somebody has to exist');
  for (const kind of ['professional', 'public']) {
    const id = randomUUID();
    mediators.set(kind, id);
    await admin.query(
      `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1::uuid, 'М', 'М', 'kk', $2, '2020-01-01')`,
      [id, Buffer.from(id)],
    );
    await admin.query(
      `INSERT INTO mediators (person_id, kind, register_number, register_entry_date, languages, fields, district, capacity)
       VALUES ($1::uuid, $2::text, $1::text, '2020-01-01', '{kk}', '{civil}', 'oskemen', 9)`,
      [id, kind],
    );
  }
  await admin.query(`SET session_replication_role = replica`);
  await writeTraits(admin, made);
  for (let from = 0; from < made.length; from += 5_000) {
    const part = made.slice(from, from + 5_000);
    const rows = part.map((one) => ({
      ...one,
      parties: undefined,
      traits: undefined,
      facts: undefined,
      mediator: mediators.get(one.mediatorKind) ?? null,
      since: one.facts.at(-1)!.at,
    }));
    await admin.query(
      `INSERT INTO cases (id, number, state, state_since, ground, category, subcategory, district, language, door, created_by, mediator_id, court_id, court_case_number, created_at, filed_at, rules_on)
       SELECT x.id, x.number, x.state, x.since, x.ground, x.category, x.subcategory, x.district, x.language, x.door, $2, x.mediator, x."courtId",
         CASE WHEN x."courtId" IS NOT NULL THEN '6310-26-00-2/' || x.number END, x."filedAt", x."filedAt", '2026-01-01'
       FROM jsonb_to_recordset($1) AS x (id uuid, number text, state text, since timestamptz, ground text, category text, subcategory text, district text, language text,
         door text, mediator uuid, "courtId" text, "filedAt" timestamptz)`,
      [JSON.stringify(rows), creator.id],
    );
    await admin.query(
      `INSERT INTO parties (id, case_id, side, ordinal, kind, surname, given, organisation, language)
       SELECT gen_random_uuid(), x.id, CASE WHEN o = 1 THEN 'A' ELSE 'B' END, o, k, 'x', 'x', 'x', 'kk'
       FROM jsonb_to_recordset($1) AS x (id uuid, parties text[]) CROSS JOIN LATERAL unnest(x.parties) WITH ORDINALITY AS p (k, o)`,
      [JSON.stringify(part.map(({ id, parties }) => ({ id, parties })))],
    );
    await admin.query(
      `INSERT INTO events (id, chain, seq, case_id, type, actor_role, at, data, previous, hash)
       SELECT gen_random_uuid(), x.id, f.o, x.id, f.v->>'type', 'system', (f.v->>'at')::timestamptz, f.v->'data', '\\x', '\\x00'
       FROM jsonb_to_recordset($1) AS x (id uuid, facts jsonb) CROSS JOIN LATERAL jsonb_array_elements(x.facts) WITH ORDINALITY AS f (v, o)`,
      [JSON.stringify(part.map(({ id, facts }) => ({ id, facts })))],
    );
  }
  await admin.query(`SET session_replication_role = origin; ANALYZE cases; ANALYZE events; ANALYZE parties`);
}

/** What a party answered of a stage: four marks, or none where it would rather not say. */
export type MadeAnswer = { month: string; stage: string; language: 'kk' | 'ru'; scores: (number | null)[] };
const questions = ['overall', 'clear', 'heard', 'timely'] as const;
export function madeAnswers(count: number, { months, seed = 9 }: { months: readonly string[]; seed?: number }): MadeAnswer[] {
  const roll = dice(seed);
  const some = <T>(list: readonly T[]) => list[roll(list.length)]!;
  return Array.from({ length: count }, () => ({
    month: some(months),
    stage: some(['intake', 'intake', 'contract', 'mediation', 'performance']),
    language: some(['kk', 'kk', 'ru'] as const),
    scores: questions.map(() => (roll(5) === 0 ? null : 1 + roll(5))),
  }));
}

/** Adds them up where they would have arrived. As the superuser. */
export async function writeAnswers(admin: pg.ClientBase, answers: readonly MadeAnswer[]) {
  for (const { month, stage, language, scores } of answers)
    await admin.query(
      `INSERT INTO satisfaction AS s VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (month, stage, language) DO UPDATE SET
       ${questions.map((one) => `${one}_n = s.${one}_n + excluded.${one}_n, ${one}_total = s.${one}_total + excluded.${one}_total`).join(', ')}`,
      [`${month}-01`, stage, language, ...scores.flatMap((score) => [score === null ? 0 : 1, score ?? 0])],
    );
}

/** Line 19 of the months of a period, counted from the list alone. */
export function recountAnswers(answers: readonly MadeAnswer[], months: readonly string[]): Recount {
  const all: Recount = new Map();
  const add = (dim: string, value: string, score: number | null | undefined) => {
    if (score === null || score === undefined) return;
    const { n, total } = all.get(`satisfaction|${dim}|${value}`) ?? { n: 0, total: 0 };
    all.set(`satisfaction|${dim}|${value}`, { n: n + 1, total: total + score });
  };
  for (const { stage, language, scores } of answers.filter(({ month }) => months.includes(month))) {
    for (const [dim, value] of [
      ['all', 'all'],
      ['stage', stage],
      ['language', language],
    ] as const)
      add(dim, value, scores[0]);
    for (const [at, question] of questions.entries()) if (at > 0) add('question', question, scores[at]);
  }
  return all;
}

/** As contracts add them up, one by one. */
async function writeTraits(admin: pg.ClientBase, made: readonly MadeCase[]) {
  const sums = new Map<string, number>();
  for (const { facts, traits } of made)
    for (const { type, at } of facts)
      if (type === 'case.mediation_started')
        for (const trait of traits) {
          const key = trait && `${localMonth(at)}-01|${trait.sex}|${trait.band}`;
          if (key) sums.set(key, (sums.get(key) ?? 0) + 1);
        }
  const rows = [...sums].map(([key, n]) => [...key.split('|'), n]);
  await admin.query(
    `INSERT INTO party_traits SELECT (r->>0)::date, r->>1, r->>2, (r->>3)::int FROM jsonb_array_elements($1::jsonb) AS r
     ON CONFLICT (month, sex, age_band) DO UPDATE SET n = party_traits.n + excluded.n`,
    [JSON.stringify(rows)],
  );
}

/** `2026-03` of a moment, by the clocks of Kazakhstan: six hours ahead until 1 March 2024, five since. */
export const localMonth = (at: Date) => localDay(at).slice(0, 7);
const localDay = (at: Date) =>
  new Date(at.getTime() + (at.getTime() < Date.UTC(2024, 1, 29, 18) ? 6 : 5) * 3_600_000).toISOString().slice(0, 10);

const lineOf = ({ type, data }: MadeFact): string | null =>
  ({
    'case.submitted': 'applications_received',
    'case.refused': 'scope_refusals',
    'case.invited': 'proposals_sent',
    'case.consented': 'proposals_consented',
    'case.declined': 'proposals_declined',
    'case.expired_invitation': 'proposals_no_answer',
    'case.mediation_started': 'contracts_concluded',
    'case.settled': data.to === 'SETTLED_FULL' ? 'settled_full' : 'settled_partial',
    'case.terminated': 'ended_without_settlement',
    'case.extended': 'extensions',
    'case.sent_to_court': 'court_sent',
  })[type] ?? null;

export type Recount = Map<string, { n: number; total: number }>;
/** Counted from the list alone: `line|dim|value` of the months of a period. */
export function recount(made: readonly MadeCase[], months: readonly string[]): Recount {
  const all: Recount = new Map();
  const add = (line: string, dim: string, value: string, total = 0) => {
    const key = `${line}|${dim}|${value}`;
    const before = all.get(key) ?? { n: 0, total: 0 };
    all.set(key, { n: before.n + 1, total: before.total + total });
  };
  for (const one of made)
    for (const fact of one.facts) {
      if (!months.includes(localMonth(fact.at))) continue;
      const cuts: [string, string][] = [
        ['all', 'all'],
        ['category', one.category],
        ['district', one.district],
        ['language', one.language],
        ['mediator_kind', one.mediatorKind],
        ['door', one.door],
      ];
      const own: [string, string][] =
        fact.type === 'case.submitted'
          ? [['subcategory', `${one.category}/${one.subcategory}`]]
          : fact.type === 'case.refused'
            ? [['reason', fact.data.code!]]
            : fact.type === 'case.terminated'
              ? [['ground', fact.data.ground!]]
              : fact.type === 'case.sent_to_court'
                ? [['court', one.courtId!]]
                : [];
      const line = lineOf(fact);
      if (line) for (const [dim, value] of [...cuts, ...own]) add(line, dim, value);
      const age = (Date.parse(localDay(fact.at)) - Date.parse(localDay(one.filedAt))) / day;
      if (fact.type === 'case.mediation_started') {
        for (const [dim, value] of cuts) add('days_to_contract', dim, value, age);
        for (const [place, kind] of one.parties.entries()) {
          const { sex = 'unknown', band = 'unknown' } = one.traits[place] ?? {};
          const traits = [['person_kind', kind] as const, ['sex', sex] as const, ['age_band', band] as const];
          for (const [dim, value] of [...cuts, ...traits]) add('parties', dim, value);
        }
      }
      if (fact.type === 'case.settled' || fact.type === 'case.terminated')
        for (const [dim, value] of cuts) add('days_to_end', dim, value, age);
    }
  return all;
}
