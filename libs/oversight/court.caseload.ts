import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { courtNextActor } from '#cases';
import { type Actor, type CourtGroup, courtGroups, type CourtQuery, type CourtRow, type CourtRows } from '#contract';
import { Clock, Database, DomainError } from '#platform';

type Row = Omit<CourtRow, 'nextActor' | 'since' | 'dueAt'> & { since: Date; dueAt: Date | null };

/** What a court reads of the cases that name it: a view of facts, through a role that can reach nothing else. */
@Injectable()
export class CourtCaseload {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Latest change first. */
  async list(actor: Actor, { group, after, limit }: CourtQuery): Promise<CourtRows> {
    authorize(actor, 'court.caseload', null);
    const [since, id] = after ? placeOf(after) : [null, null];
    return this.db.asCourt(actor, async (tx) => {
      const rows = await this.select(
        tx,
        `($2::text[] IS NULL OR state = ANY ($2)) AND ($3::timestamptz IS NULL OR (state_since, id) < ($3, $4::uuid))`,
        [group ? statesOf(group) : null, since, id],
        limit + 1,
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { rows: page.map(toCourtRow), next: rows.length > limit && last ? `${last.since.toISOString()}_${last.id}` : null };
    });
  }

  /** Another court's case is as absent as one that never was. */
  async card(actor: Actor, caseId: string): Promise<CourtRow> {
    authorize(actor, 'court.caseload', null);
    return this.db.asCourt(actor, async (tx) => {
      const [row] = await this.select(tx, 'id = $2', [caseId], 1);
      if (!row) throw new DomainError('not_found');
      return toCourtRow(row);
    });
  }

  /** A case's age is counted in local days from filing, and stops at its end. */
  private select(tx: EntityManager, where: string, values: unknown[], limit: number): Promise<Row[]> {
    return tx.query(
      `SELECT id, number, court_case_number AS "courtCaseNumber", category, state, state_since AS since, due_at AS "dueAt", ground,
         (CASE WHEN state = ANY ($${values.length + 2}) THEN state_since ELSE $1::timestamptz END AT TIME ZONE 'Asia/Almaty')::date
           - (filed_at AT TIME ZONE 'Asia/Almaty')::date AS "ageDays"
       FROM court_cases WHERE ${where} ORDER BY state_since DESC, id DESC LIMIT ${limit}`,
      [this.clock.now(), ...values, statesOf('ended')],
    ) as Promise<Row[]>;
  }
}

const statesOf = (group: CourtGroup): readonly string[] => courtGroups[group];

function placeOf(after: string): [since: string, id: string] {
  const [, since, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/.exec(after) ?? [];
  if (!since || !id) throw new DomainError('invalid', { fields: { after: 'invalid' } });
  return [since, id];
}

const toCourtRow = ({ since, dueAt, ...facts }: Row): CourtRow => ({
  ...facts,
  since: since.toISOString(),
  dueAt: dueAt?.toISOString() ?? null,
  nextActor: facts.state === 'NOT_STARTED' ? 'nobody' : courtNextActor(facts.state),
});
