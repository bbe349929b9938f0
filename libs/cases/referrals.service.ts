import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, Language, PartyAnswer, ReferCase, Side, SignedIn } from '#contract';
import { type Day, dayOf, kazakhstan } from '#hours';
import { Clock, Database, DomainError, KeyedHash, Keys, newId, sqlState } from '#platform';
import { screenReferral } from './application.screening.js';
import { courtNumberFrom, houseNumber } from './case-number.js';
import { CaseEffects } from './case.effects.js';
import { Case } from './case.entity.js';
import { lockCase, moveCase, setDeadline } from './case.moves.js';
import categories from './data/dispute-categories.json' with { type: 'json' };
import districts from './data/districts.json' with { type: 'json' };
import { isOnBothSides, partyFrom, writeParties } from './party.records.js';
import { type Fault, isDay, memberRules } from './party.rules.js';
import { takeBackUntouched } from './referrals.undoing.js';

/**
 * A court sends a dispute: case, ruling, term, and who its parties are. Not a word of the claim, and nobody is forced: both sides are
 * invited, and the case waits until both agree (law.md 1.2, art. 20).
 */
@Injectable()
export class ReferralsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    private readonly effects: CaseEffects,
  ) {}

  refer(actor: Actor, asked: ReferCase): Promise<{ caseId: string }> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'court.refer', null);
      requireSignedIn(actor);
      if (asked.id && (await this.isKnown(tx, actor, asked.id))) return { caseId: asked.id };
      return { caseId: await this.write(tx, actor, actor.courtId!, asked) };
    });
  }

  /** The desk writes a court's referral down from the court's own table, in the caller's transaction: the same case as by the court's form. */
  async referFor(tx: EntityManager, actor: Actor, courtId: string, asked: ReferCase): Promise<string> {
    authorize(actor, 'case.import', null);
    requireSignedIn(actor);
    return this.write(tx, actor, courtId, asked);
  }

  /** What came with a table goes again, if nobody but the house's own clocks has touched it since; resolves with what went. */
  async takeBack(tx: EntityManager, actor: Actor, caseIds: readonly string[], importId: string): Promise<ReadonlySet<string>> {
    authorize(actor, 'case.import', null);
    requireSignedIn(actor);
    return takeBackUntouched(tx, actor, caseIds, { at: this.clock.now(), importId });
  }

  private async write(tx: EntityManager, actor: SignedIn, courtId: string, asked: ReferCase): Promise<string> {
    const caseId = asked.id ?? newId();
    const at = this.clock.now();
    const on = dayOf(at.getTime(), kazakhstan.zone);
    const fields = faultsIn(asked, on);
    if (Object.keys(fields).length > 0) throw new DomainError('invalid', { fields });
    const found = await this.open(tx, actor, { ...asked, id: caseId, courtId }, { at, on });
    await this.writeParties(tx, found, asked);
    const data = { door: 'court', courtId: found.courtId };
    await moveCase(tx, actor, found, 'submit', { at, event: 'case.submitted', effects: this.effects, data });
    const { value, ...term } = { value: asked.termDays, unit: 'day', dayType: 'calendar' } as const;
    const until = new Date(kazakhstan.dueAfter(Date.parse(`${asked.rulingOn}T00:00:00+05:00`), { value, ...term }));
    await setDeadline(tx, found, 'COURT_PENDING', at, { until });
    return caseId;
  }

  private async isKnown(tx: EntityManager, actor: SignedIn, caseId: string): Promise<boolean> {
    const rows = (await tx.query('SELECT 1 FROM referrals WHERE case_id = $1 AND referred_by = $2', [caseId, actor.id])) as object[];
    return rows.length > 0;
  }

  private async open(tx: EntityManager, actor: SignedIn, asked: Opened, { at, on }: { at: Date; on: Day }): Promise<Case> {
    const { id, courtId } = asked;
    const [{ next }] = (await tx.query(`SELECT nextval('case_numbers') AS next`)) as [{ next: string }];
    const { effects } = screenReferral(asked.category, [], on, asked.safeProcess);
    const shuttle = asked.safeProcess ? 'required' : effects.includes('separate_meetings_default') ? 'default' : null;
    const courtNumber = courtNumberFrom(asked.caseNumber)!;
    await tx.query(
      `INSERT INTO cases (id, state, state_since, category, subcategory, district, language, created_by, created_at, rules_on, door, number, filed_at,
         court_id, court_case_number, safe_process, shuttle)
       VALUES ($1, 'DRAFT', $2, $3, $4, $5, $6, $7, $2, $8, 'court', $9, $2, $10, $11, $12, $13)`,
      [
        id,
        at,
        asked.category,
        asked.subcategory ?? null,
        asked.district,
        asked.language,
        actor.id,
        on,
        houseNumber(Number(on.slice(0, 4)), Number(next)),
        courtId,
        courtNumber,
        asked.safeProcess,
        shuttle,
      ],
    );
    const found = await lockCase(tx, id);
    await byMemorandum(
      tx,
      `INSERT INTO referrals (case_id, court_id, case_number, case_number_typed, judge, ruling_on, term_days, referred_by, referred_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, courtId, courtNumber, asked.caseNumber, asked.judge ?? null, asked.rulingOn, asked.termDays, actor.id, at],
    );
    return found;
  }

  private async writeParties(tx: EntityManager, found: Case, { sideA, sideB }: ReferCase) {
    const [first, second] = [recordsOf(sideA, 'A', found.language), recordsOf(sideB, 'B', found.language)];
    if (isOnBothSides(first, null, second)) throw new DomainError('case.person_on_both_sides');
    await writeParties(tx, { keys: this.keys, hashes: this.hashes }, found.id, [...first, ...second], () => null);
  }
}

/** A court whose memorandum with the House has lapsed refers no more (0118). */
async function byMemorandum(tx: EntityManager, sql: string, values: unknown[]) {
  try {
    await tx.query(sql, values);
  } catch (error) {
    throw sqlState(error) === 'KE010' ? new DomainError('partner.memorandum_lapsed') : error;
  }
}

type Opened = ReferCase & { id: string; courtId: string };
const recordsOf = (parties: PartyAnswer[], side: Side, language: Language) =>
  parties.map((party, at) => partyFrom(party, side, language, at + 1));

/** The same for who judges a table before anything is written, with the person who stands on both sides. */
export function referralFaults(asked: ReferCase, on: Day): Record<string, string> {
  const found = faultsIn(asked, on);
  if (Object.keys(found).length > 0) return found;
  const { sideA, sideB, language } = asked;
  const isBoth = isOnBothSides(recordsOf(sideA, 'A', language), null, recordsOf(sideB, 'B', language));
  return isBoth ? { 'sideB.0.iin': 'same_person' } : {};
}

/** Field -> what is wrong with it, all at once. */
function faultsIn({ category, district, caseNumber, rulingOn, sideA, sideB }: ReferCase, on: Day): Record<string, string> {
  const found: [string, Fault][] = [
    ['category', categories.categories.some(({ code }) => code === category) ? null : 'choose'],
    ['district', districts.districts.some(({ code }) => code === district) ? null : 'choose'],
    ['caseNumber', courtNumberFrom(caseNumber) ? null : 'court_number'],
    ['rulingOn', !isDay(rulingOn) ? 'date' : rulingOn > on ? 'date_future' : null],
  ];
  for (const [name, parties] of [
    ['sideA', sideA],
    ['sideB', sideB],
  ] as const)
    for (const [at, party] of parties.entries())
      for (const [field, rule] of Object.entries(memberRules)) found.push([`${name}.${at}.${field}`, rule({ party, on })]);
  return Object.fromEntries(found.filter((row): row is [string, string] => row[1] !== null));
}
