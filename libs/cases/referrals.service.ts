import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, PartyAnswer, ReferCase, Side, SignedIn } from '#contract';
import { type Day, dayOf, kazakhstan } from '#hours';
import { Clock, Database, DomainError, KeyedHash, Keys, newId, sqlState } from '#platform';
import { screenReferral } from './application.screening.js';
import { courtNumberFrom, houseNumber } from './case-number.js';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { lockCase, moveCase, setDeadline } from './case.moves.js';
import categories from './data/dispute-categories.json' with { type: 'json' };
import districts from './data/districts.json' with { type: 'json' };
import { isOnBothSides, partyFrom, writeParties } from './party.records.js';
import { type Fault, isDay, memberRules } from './party.rules.js';

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
      const caseId = asked.id ?? newId();
      if (await this.isKnown(tx, actor, caseId)) return { caseId };
      const at = this.clock.now();
      const on = dayOf(at.getTime(), kazakhstan.zone);
      const fields = faultsIn(asked, on);
      if (Object.keys(fields).length > 0) throw new DomainError('invalid', { fields });
      const found = await this.open(tx, actor, caseId, asked, { at, on });
      await this.writeParties(tx, found, asked);
      const data = { door: 'court', courtId: found.courtId };
      await moveCase(tx, actor, found, 'submit', { at, event: 'case.submitted', effects: this.effects, data });
      const { value, ...term } = { value: asked.termDays, unit: 'day', dayType: 'calendar' } as const;
      const until = new Date(kazakhstan.dueAfter(Date.parse(`${asked.rulingOn}T00:00:00+05:00`), { value, ...term }));
      await setDeadline(tx, found, 'COURT_PENDING', at, { until });
      return { caseId };
    });
  }

  private async isKnown(tx: EntityManager, actor: SignedIn, caseId: string): Promise<boolean> {
    const rows = (await tx.query('SELECT 1 FROM referrals WHERE case_id = $1 AND referred_by = $2', [caseId, actor.id])) as object[];
    return rows.length > 0;
  }

  private async open(tx: EntityManager, actor: SignedIn, id: string, asked: ReferCase, { at, on }: { at: Date; on: Day }): Promise<Case> {
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
        actor.courtId,
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
      [id, actor.courtId, courtNumber, asked.caseNumber, asked.judge ?? null, asked.rulingOn, asked.termDays, actor.id, at],
    );
    return found;
  }

  private async writeParties(tx: EntityManager, found: Case, { sideA, sideB }: ReferCase) {
    const records = (parties: PartyAnswer[], side: Side) => parties.map((party, at) => partyFrom(party, side, found.language, at + 1));
    const [first, second] = [records(sideA, 'A'), records(sideB, 'B')];
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
