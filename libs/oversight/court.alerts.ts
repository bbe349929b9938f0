import { Injectable } from '@nestjs/common';
import type { Actor } from '#contract';
import { claimNext, Clock, Database, record } from '#platform';
import { termAlertMs } from './court.caseload.js';

const clockwork: Actor = { id: null, role: 'system' };

/** Tells of a court's term a week before it ends: once for each date. A term that the court moves is told of anew. */
@Injectable()
export class CourtAlerts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async tellDue(limit = 100): Promise<number> {
    let told = 0;
    while (told < limit && (await this.tellNext())) told += 1;
    return told;
  }

  /** Holds the case, as every act does; one that somebody holds is passed by and found by the next sweep. */
  private tellNext(): Promise<boolean> {
    return this.db.transaction(clockwork, async (tx) => {
      const at = this.clock.now();
      const ending = await claimNext<{ caseId: string; dueAt: Date }>(
        tx,
        `SELECT d.case_id AS "caseId", d.due_at AS "dueAt" FROM deadlines d JOIN cases c ON c.id = d.case_id
         WHERE d.code = 'COURT_PENDING' AND d.fired_at IS NULL AND d.cancelled_at IS NULL AND d.due_at > $1 AND d.due_at <= $2 AND c.court_board <> 'ended'
           AND NOT EXISTS (SELECT 1 FROM events e WHERE e.case_id = d.case_id AND e.type = 'court.term_ending' AND (e.data->>'dueAt')::timestamptz = d.due_at)
         ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
        [at, new Date(at.getTime() + termAlertMs)],
      );
      if (!ending) return false;
      await record(tx, clockwork, { type: 'court.term_ending', caseId: ending.caseId, at, data: { dueAt: ending.dueAt.toISOString() } });
      return true;
    });
  }
}
