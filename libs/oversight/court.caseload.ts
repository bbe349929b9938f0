import { Injectable } from '@nestjs/common';
import { authorize, noteLook } from '#access';
import { courtNextActor, courtNumberFrom, houseNumberFrom } from '#cases';
import {
  type Actor,
  courtBoards,
  courtCountedTo,
  type CourtCounts,
  type CourtFact,
  type CourtQuery,
  type CourtRow,
  type CourtRows,
  courtTroubles,
} from '#contract';
import { Clock, Database, DomainError } from '#platform';

type Row = Omit<CourtRow, 'nextActor' | 'since' | 'dueAt' | 'termAt' | 'filedAt' | 'ageDays' | 'troubles'> & {
  since: Date;
  filedAt: Date;
  dueAt: Date | null;
  termAt: Date | null;
  stuck: 'overdue' | 'stuck' | null;
  stuckSince: Date | null;
  undeliveredSince: Date | null;
};
const day = 86_400_000;
export const termAlertMs = 7 * day;
const columns = `id, number, court_case_number AS "courtCaseNumber", category, state, board, state_since AS since, filed_at AS "filedAt", mediator,
  due_at AS "dueAt", term_at AS "termAt", ground, stuck, stuck_since AS "stuckSince", undelivered_since AS "undeliveredSince", watched`;

/** What a court reads of the cases that name it: views and pages of facts, through a role that can reach nothing else. */
@Injectable()
export class CourtCaseload {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, query: CourtQuery): Promise<CourtRows> {
    authorize(actor, 'court.caseload', null);
    const { board = null, trouble = null, category = null, sort = null, watched, limit } = query;
    const sought = query.search ? soughtBy(query.search) : null;
    if (sought === '') return { rows: [], next: null };
    const [at, id] = query.after ? placeOf(query.after) : [null, null];
    return this.db.asCourt(actor, async (tx) => {
      const rows = (await tx.query(`SELECT ${columns} FROM court_page($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
        board,
        trouble,
        category,
        sought,
        sort,
        watched === 'yes',
        this.soon(),
        at,
        id,
        limit + 1,
      ])) as Row[];
      const last = rows.length > limit ? rows[limit - 1]! : null;
      return {
        rows: rows.slice(0, limit).map((row) => this.rowOf(row)),
        next: last && `${placeIn(last, query).toISOString()}_${last.id}`,
      };
    });
  }

  async counts(actor: Actor): Promise<CourtCounts> {
    authorize(actor, 'court.caseload', null);
    return this.db.asCourt(actor, async (tx) => {
      const rows = (await tx.query('SELECT what, cases FROM court_counts($1, $2)', [courtCountedTo, this.soon()])) as {
        what: string;
        cases: number;
      }[];
      const of = (names: readonly string[]) =>
        Object.fromEntries(names.map((name) => [name, rows.find(({ what }) => what === name)!.cases]));
      return {
        boards: of(Object.keys(courtBoards)) as CourtCounts['boards'],
        troubles: of(courtTroubles) as CourtCounts['troubles'],
        watched: rows.find(({ what }) => what === 'watched')!.cases,
      };
    });
  }

  /** Another court's case is as absent as one that never was. */
  async card(actor: Actor, caseId: string): Promise<CourtRow> {
    authorize(actor, 'court.caseload', null);
    return this.db.asCourt(actor, async (tx) => {
      const [row] = (await tx.query(`SELECT ${columns} FROM court_cases WHERE id = $1`, [caseId])) as Row[];
      if (!row) throw new DomainError('not_found');
      await noteLook(tx, actor, { caseId, what: 'case', at: this.clock.now() });
      return this.rowOf(row);
    });
  }

  /** What happened, in its order: facts and dates, nobody's doing. */
  async facts(actor: Actor, caseId: string): Promise<CourtFact[]> {
    await this.card(actor, caseId);
    return this.db.asCourt(actor, async (tx) => {
      const rows = (await tx.query('SELECT id, type, at, due_at AS "dueAt", ground FROM court_facts WHERE case_id = $1 ORDER BY seq', [
        caseId,
      ])) as (Omit<CourtFact, 'at'> & { at: Date })[];
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    });
  }

  private soon = () => new Date(this.clock.now().getTime() + termAlertMs);

  /** A case's age is counted in local days from filing, and stops at its end. */
  private rowOf({ since, filedAt, dueAt, termAt, stuck, stuckSince, undeliveredSince, ...facts }: Row): CourtRow {
    const isOver = facts.board === 'ended';
    const isSoon = !isOver && termAt !== null && termAt < this.soon();
    return {
      ...facts,
      since: since.toISOString(),
      filedAt: filedAt.toISOString(),
      ageDays: localDay(isOver ? since : this.clock.now()) - localDay(filedAt),
      dueAt: dueAt?.toISOString() ?? null,
      termAt: termAt?.toISOString() ?? null,
      nextActor: facts.state === 'NOT_STARTED' ? 'nobody' : courtNextActor(facts.state),
      troubles: [
        ...(stuck && stuckSince ? [stuck] : []),
        ...(undeliveredSince ? (['undelivered'] as const) : []),
        ...(facts.state === 'CONSENTED' ? (['no_mediator'] as const) : []),
        ...(isSoon ? (['term'] as const) : []),
      ],
    };
  }
}

/** The number of the local day: Kazakhstan was six hours ahead until 1 March 2024, and is five since. */
const localDay = (at: Date) => Math.floor((at.getTime() + (at < changed ? 6 : 5) * 3_600_000) / day);
const changed = new Date('2024-02-29T18:00:00Z');

/** A number of the court in any spelling, also its beginning; or the House's. Nothing else is looked for: empty finds nothing. */
function soughtBy(typed: string): string {
  const number = courtNumberFrom(typed) ?? houseNumberFrom(typed);
  if (number) return number;
  const begun = courtNumberFrom(`${typed.trim().replace(/[-/\\]$/, '')}${tail(typed)}`);
  return begun ? begun.slice(0, begun.length - tail(typed).length) : '';
}

/** What a number that is only begun lacks: `6310`, `6310-26`, `6310-26-00-2/`. */
function tail(typed: string): string {
  const parts = typed
    .trim()
    .replace(/[-/\\]$/, '')
    .split(/[-/\\]/).length;
  return ['-26-00-2/1', '-00-2/1', '-2/1', '/1', ''][parts - 1] ?? '';
}

const placeIn = (row: Row, { trouble, sort }: CourtQuery): Date => {
  if (trouble === 'overdue' || trouble === 'stuck') return row.stuckSince!;
  if (trouble === 'undelivered') return row.undeliveredSince!;
  if (trouble === 'term') return row.termAt!;
  if (!trouble && sort === 'age') return row.filedAt;
  return !trouble && sort === 'due' ? row.dueAt! : row.since;
};

function placeOf(after: string): [at: string, id: string] {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/.exec(after) ?? [];
  if (!at || !id) throw new DomainError('invalid', { fields: { after: 'invalid' } });
  return [at, id];
}
