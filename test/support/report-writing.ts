import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { MadeCase } from './report-caseload.js';
import { localMonth } from './report-recount.js';

type Value = string | number | null;
/** A row of COPY's text form; what is written here has no tab, line end or backslash but those of `bytea`. */
const lineOf = (row: Value[]) => `${row.map((value) => (value === null ? '\\N' : String(value))).join('\t')}\n`;
export async function copy(admin: pg.ClientBase, into: string, rows: Iterable<Value[]>) {
  const lines = function* () {
    for (const row of rows) yield lineOf(row);
  };
  await pipeline(Readable.from(lines()), admin.query(copyFrom(`COPY ${into} FROM STDIN`)));
}

/** Who mediates the made cases: one of each kind. */
export const caseMediators = ['professional', 'public'].map((kind) => ({
  kind,
  district: 'oskemen',
  status: 'active',
  from: null,
  until: null,
}));

/** Writes the list as the superuser, as years of work would have left it. Hashes are not of a chain here: nobody verifies these. */
export async function writeCases(admin: pg.ClientBase, made: readonly MadeCase[]) {
  const mediators = new Map<string, string>();
  const [creator] = (await admin.query('SELECT id FROM persons LIMIT 1')).rows as { id: string }[];
  if (!creator) throw new Error('somebody has to exist');
  for (const { kind, district } of caseMediators) {
    const id = randomUUID();
    mediators.set(kind, id);
    await admin.query(
      `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1::uuid, 'М', 'М', 'kk', $2, '2020-01-01')`,
      [id, Buffer.from(id)],
    );
    await admin.query(
      `INSERT INTO mediators (person_id, kind, register_number, register_entry_date, languages, fields, district, capacity)
       VALUES ($1::uuid, $2::text, $1::text, '2020-01-01', '{kk}', '{civil}', $3, 9)`,
      [id, kind, district],
    );
  }
  await admin.query(`SET session_replication_role = replica`);
  await writeTraits(admin, made);
  await writeAmounts(admin, made);
  await copy(
    admin,
    `cases (id, number, state, state_since, ground, category, subcategory, district, language, door, created_by, mediator_id, court_id, court_case_number, created_at, filed_at, rules_on)`,
    map(made, (one) => [
      one.id,
      one.number,
      one.state,
      one.facts.at(-1)!.at.toISOString(),
      one.ground,
      one.category,
      one.subcategory,
      one.district,
      one.language,
      one.door,
      creator.id,
      mediators.get(one.mediatorKind) ?? null,
      one.courtId,
      one.courtId && `6310-26-00-2/${one.number}`,
      one.filedAt.toISOString(),
      one.filedAt.toISOString(),
      '2026-01-01',
    ]),
  );
  await copy(admin, `parties (id, case_id, side, ordinal, kind, surname, given, organisation, language)`, partyRows(made));
  await copy(admin, `events (id, chain, seq, case_id, type, actor_role, at, data, previous, hash)`, eventRows(made));
  await copy(
    admin,
    `court_acts (id, case_id, court_id, kind, on_date, outcome, grounds, duty_refund, duty_amount, entered_by, entered_at)`,
    rulingRows(made, creator.id),
  );
  await admin.query(`SET session_replication_role = origin; ANALYZE cases; ANALYZE events; ANALYZE parties; ANALYZE court_acts`);
}

function* map<T>(list: readonly T[], row: (one: T) => Value[]) {
  for (const one of list) yield row(one);
}
/** An id of its own beside its case's, in the same order. */
export const beside = (caseId: string, which: number, at: number) =>
  `${caseId.slice(0, 9)}${which}${at.toString(16).padStart(3, '0')}${caseId.slice(13)}`;

function* partyRows(made: readonly MadeCase[]) {
  for (const { id, parties } of made)
    for (const [at, kind] of parties.entries())
      yield [beside(id, 1, at), id, at === 0 ? 'A' : 'B', at + 1, kind, 'x', 'x', 'x', 'kk'] as Value[];
}
function* eventRows(made: readonly MadeCase[]) {
  for (const { id, facts } of made)
    for (const [at, { type, at: moment, data }] of facts.entries())
      yield [
        beside(id, 2, at),
        id,
        at + 1,
        id,
        type,
        'system',
        moment.toISOString(),
        JSON.stringify(data),
        String.raw`\\x`,
        String.raw`\\x00`,
      ] as Value[];
}
function* rulingRows(made: readonly MadeCase[], by: string) {
  for (const { id, courtId, rulings } of made)
    for (const [at, { at: moment, outcome, refund }] of rulings.entries())
      yield [
        beside(id, 3, at),
        id,
        courtId,
        'ruling',
        moment.toISOString().slice(0, 10),
        outcome,
        outcome === 'approved' ? '{}' : outcome === 'refused' ? '{condition}' : '{papers_missing}',
        refund === null ? 'f' : 't',
        refund,
        by,
        moment.toISOString(),
      ] as Value[];
}

/** As contracts add them up, one by one: with the first of a case. */
async function writeTraits(admin: pg.ClientBase, made: readonly MadeCase[]) {
  const sums = new Map<string, number>();
  for (const { facts, traits } of made) {
    const started = facts.find(({ type }) => type === 'case.mediation_started');
    for (const trait of started ? traits : []) {
      const key = trait && `${localMonth(started!.at)}-01|${trait.sex}|${trait.band}`;
      if (key) sums.set(key, (sums.get(key) ?? 0) + 1);
    }
  }
  const rows = [...sums].map(([key, n]) => [...key.split('|'), n]);
  await admin.query(
    `INSERT INTO party_traits SELECT (r->>0)::date, r->>1, r->>2, (r->>3)::int FROM jsonb_array_elements($1::jsonb) AS r
     ON CONFLICT (month, sex, age_band) DO UPDATE SET n = party_traits.n + excluded.n`,
    [JSON.stringify(rows)],
  );
}

/** The same of what settlements are worth. */
async function writeAmounts(admin: pg.ClientBase, made: readonly MadeCase[]) {
  const sums = new Map<string, { n: number; total: number }>();
  for (const { facts, amount, category } of made) {
    const settled = facts.find(({ type }) => type === 'case.settled');
    if (!settled || amount === null) continue;
    const key = `${localMonth(settled.at)}-01|${category}`;
    const { n, total } = sums.get(key) ?? { n: 0, total: 0 };
    sums.set(key, { n: n + 1, total: total + amount });
  }
  const rows = [...sums].map(([key, { n, total }]) => [...key.split('|'), n, total]);
  await admin.query(
    `INSERT INTO settled_amounts SELECT (r->>0)::date, r->>1, (r->>2)::int, (r->>3)::numeric FROM jsonb_array_elements($1::jsonb) AS r
     ON CONFLICT (month, category) DO UPDATE SET n = settled_amounts.n + excluded.n, total = settled_amounts.total + excluded.total`,
    [JSON.stringify(rows)],
  );
}
