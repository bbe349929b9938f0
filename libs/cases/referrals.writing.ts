import type { EntityManager } from 'typeorm';
import type { ReferCase, SignedIn } from '#contract';
import { type Day, dayOf, kazakhstan } from '#hours';
import { DomainError, type KeyedHash, type Keys, newId, recordMany, sqlState } from '#platform';
import { screenReferral } from './application.screening.js';
import { courtNumberFrom, houseNumber } from './case-number.js';
import type { CaseEffects } from './case.effects.js';
import { clockChange, move } from './case.lifecycle.js';
import { dueAt } from './deadline.rules.js';
import { inText, isOnBothSides, type PartyRecord, rowOf } from './party.records.js';
import { faultsIn, sidesOf } from './referral.rules.js';

export type Referral = { courtId: string; asked: ReferCase };
type House = { keys: Keys; hashes: KeyedHash; effects: CaseEffects };
type Opened = { id: string; number: string; courtId: string; courtNumber: string; asked: ReferCase; parties: PartyRecord[] };

const [from, action] = ['DRAFT', 'submit'] as const;
const to = move(from, action);
/** Nothing stops: a referral is not written down page by page, so no draft's time ever ran. */
const { start: clock } = clockChange(from, to, false);

/**
 * As many referrals as there are, each with its parties, clocks and fact, all in the same statements; resolves with the cases' ids. It is
 * the move of case.moves.ts: who may was asked before, and its guard, that it is complete, is asked here.
 */
export async function writeReferrals(
  tx: EntityManager,
  house: House,
  actor: SignedIn,
  referrals: readonly Referral[],
  at: Date,
): Promise<string[]> {
  if (referrals.length === 0) return [];
  const on = dayOf(at.getTime(), kazakhstan.zone);
  const opened = await numbered(tx, referrals, on);
  await open(tx, actor, opened, { at, on });
  await writeParties(tx, house, opened);
  const ids = opened.map(({ id }) => id);
  await tx.query('UPDATE cases SET state = $2, state_since = $3 WHERE id = ANY ($1)', [ids, to, at]);
  const due = dueAt(clock!, at, on);
  await startClocks(tx, opened, { at, due });
  const moved = { deadline: clock!, dueAt: due.toISOString(), action, from, to };
  const facts = opened.map(
    ({ id, courtId }) => ({ type: 'case.submitted', caseId: id, at, data: { door: 'court', courtId, ...moved } }) as const,
  );
  await recordMany(tx, actor, facts);
  for (const id of ids) await house.effects.run(tx, actor, id, to);
  return ids;
}

/** Judged, and each with its number and its id, which the court's own system may have made. */
async function numbered(tx: EntityManager, referrals: readonly Referral[], on: Day): Promise<Opened[]> {
  const judged = referrals.map(({ courtId, asked }) => ({ courtId, asked, parties: partiesOf(asked, on) }));
  const rows = (await tx.query(`SELECT nextval('case_numbers') AS next FROM generate_series(1, $1::int)`, [judged.length])) as {
    next: string;
  }[];
  return judged.map((one, nth) => ({
    ...one,
    id: one.asked.id ?? newId(),
    number: houseNumber(Number(on.slice(0, 4)), Number(rows[nth]!.next)),
    courtNumber: courtNumberFrom(one.asked.caseNumber)!,
  }));
}

function partiesOf(asked: ReferCase, on: Day): PartyRecord[] {
  const fields = faultsIn(asked, on);
  if (Object.keys(fields).length > 0) throw new DomainError('invalid', { fields });
  const [sideA, sideB] = sidesOf(asked);
  if (isOnBothSides(sideA, null, sideB)) throw new DomainError('case.person_on_both_sides');
  return [...sideA, ...sideB];
}

async function open(tx: EntityManager, actor: SignedIn, opened: Opened[], { at, on }: { at: Date; on: Day }) {
  const cases = opened.map(({ asked, id, number, courtId, courtNumber }) => {
    const { category, subcategory = null, district, language, safeProcess: safe_process } = asked;
    const shuttle = shuttleOf(asked, on);
    return {
      id,
      category,
      subcategory,
      district,
      language,
      number,
      court_id: courtId,
      court_case_number: courtNumber,
      safe_process,
      shuttle,
    };
  });
  await tx.query(
    `INSERT INTO cases (id, state, state_since, category, subcategory, district, language, created_by, created_at, rules_on, door, number, filed_at,
       court_id, court_case_number, safe_process, shuttle)
     SELECT r.id, $2, $3, r.category, r.subcategory, r.district, r.language, $4, $3, $5, 'court', r.number, $3,
       r.court_id, r.court_case_number, r.safe_process, r.shuttle FROM jsonb_populate_recordset(NULL::cases, $1::jsonb) r ON CONFLICT DO NOTHING`,
    [JSON.stringify(cases), from, at, actor.id, on],
  );
  await requireOpened(tx, opened);
  const referrals = opened.map(({ asked, id, courtId, courtNumber }) => {
    const { caseNumber: case_number_typed, judge = null, rulingOn: ruling_on, termDays: term_days } = asked;
    return { case_id: id, court_id: courtId, case_number: courtNumber, case_number_typed, judge, ruling_on, term_days };
  });
  await byMemorandum(
    tx,
    `INSERT INTO referrals (case_id, court_id, case_number, case_number_typed, judge, ruling_on, term_days, referred_by, referred_at)
     SELECT r.case_id, r.court_id, r.case_number, r.case_number_typed, r.judge, r.ruling_on, r.term_days, $2, $3
     FROM jsonb_populate_recordset(NULL::referrals, $1::jsonb) r`,
    [JSON.stringify(referrals), actor.id, at],
  );
}

function shuttleOf({ category, safeProcess }: ReferCase, on: Day): 'required' | 'default' | null {
  const { effects } = screenReferral(category, [], on, safeProcess);
  return safeProcess ? 'required' : effects.includes('separate_meetings_default') ? 'default' : null;
}

/** An id that somebody else's case has opens nothing: nobody's case becomes another's. */
async function requireOpened(tx: EntityManager, opened: Opened[]) {
  const numbers = opened.map(({ number }) => number);
  const [{ n }] = (await tx.query('SELECT count(*)::int AS n FROM cases WHERE number = ANY ($1)', [numbers])) as [{ n: number }];
  if (n !== opened.length) throw new DomainError('conflict');
}

/** A court whose memorandum with the House has lapsed refers no more (0118). */
async function byMemorandum(tx: EntityManager, sql: string, values: unknown[]) {
  try {
    await tx.query(sql, values);
  } catch (error) {
    throw sqlState(error) === 'KE010' ? new DomainError('partner.memorandum_lapsed') : error;
  }
}

/** Each with a key of its own, under which its contacts lie. */
async function writeParties(tx: EntityManager, { keys, hashes }: House, opened: Opened[]) {
  const placed = opened.flatMap(({ id: caseId, parties }) => parties.map((party) => ({ id: newId(), caseId, party, joinedAt: null })));
  await keys.createAll(
    tx,
    'party',
    placed.map(({ id }) => id),
  );
  const rows = await Promise.all(
    placed.map((one) => rowOf((text, field) => keys.seal(tx, { scope: 'party', id: one.id }, text, field), hashes, one)),
  );
  const columns = Object.keys(rows[0]!);
  await tx.query(
    `INSERT INTO parties (${columns.join(', ')}) SELECT ${columns.map((name) => `r.${name}`).join(', ')} FROM jsonb_populate_recordset(NULL::parties, $1::jsonb) r`,
    [JSON.stringify(rows.map(inText))],
  );
}

/** That of the screening, and the court's own. */
async function startClocks(tx: EntityManager, opened: Opened[], { at, due }: { at: Date; due: Date }) {
  const rows = opened.flatMap(({ id: case_id, asked }) => [
    { id: newId(), case_id, code: clock, starts_at: at, due_at: due },
    { id: newId(), case_id, code: 'COURT_PENDING', starts_at: at, due_at: termEnds(asked) },
  ]);
  await tx.query(
    `INSERT INTO deadlines (id, case_id, code, starts_at, due_at) SELECT r.id, r.case_id, r.code, r.starts_at, r.due_at
     FROM jsonb_populate_recordset(NULL::deadlines, $1::jsonb) r`,
    [JSON.stringify(rows)],
  );
}

const termEnds = ({ rulingOn, termDays: value }: ReferCase) =>
  new Date(kazakhstan.dueAfter(Date.parse(`${rulingOn}T00:00:00+05:00`), { value, unit: 'day', dayType: 'calendar' }));
