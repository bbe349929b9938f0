import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor } from '#contract';
import { claimNext, Clock, Database, record } from '#platform';
import data from './data/nudges.json' with { type: 'json' };

const clockwork: Actor = { id: null, role: 'system' };
const [hourMs, dayMs] = [3_600_000, 86_400_000];

/**
 * Reminders to invited parties who have not answered: two messages, then a telephone call for the desk. Rows that are swept; of several
 * steps that became due while nobody swept, the last alone is taken, so that nobody is reminded three times at once.
 */
@Injectable()
export class NudgesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async nudgeDue(limit = 100): Promise<number> {
    let nudged = 0;
    while (nudged < limit && (await this.nudgeNext())) nudged += 1;
    return nudged;
  }

  /** An application that was begun and not sent: its author is told once, a day after the last page. */
  async remindDrafts(limit = 100): Promise<number> {
    let reminded = 0;
    while (reminded < limit && (await this.remindNext())) reminded += 1;
    return reminded;
  }

  private remindNext(): Promise<boolean> {
    return this.db.transaction(clockwork, async (tx) => {
      authorize(clockwork, 'case.follow_deadline', null);
      const at = this.clock.now();
      const left = await claimNext<{ id: string; personId: string }>(
        tx,
        `SELECT c.id, c.created_by AS "personId" FROM deadlines d JOIN cases c ON c.id = d.case_id
         WHERE d.code = 'DRAFT_AUTODELETE' AND d.fired_at IS NULL AND d.cancelled_at IS NULL AND d.starts_at <= $1 AND c.state = 'DRAFT'
           AND NOT EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id AND e.type = 'case.draft_reminded')
         ORDER BY d.starts_at, d.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
        [new Date(at.getTime() - data.draft_after_hours * hourMs)],
      );
      if (!left) return false;
      await record(tx, clockwork, { type: 'case.draft_reminded', caseId: left.id, at, data: { personId: left.personId } });
      return true;
    });
  }

  /** Holds the case first, as every act does; one that somebody holds is passed by and found by the next sweep. */
  private nudgeNext(): Promise<boolean> {
    return this.db.transaction(clockwork, async (tx) => {
      authorize(clockwork, 'case.follow_deadline', null);
      const at = this.clock.now();
      const before = data.nudges.map(({ after_days: days }) => new Date(at.getTime() - days * dayMs));
      const due = await claimNext<{ caseId: string; step: number }>(
        tx,
        `SELECT i.case_id AS "caseId", (SELECT count(*)::int FROM unnest($1::timestamptz[]) step WHERE i.issued_at <= step) AS step
         FROM invitations i JOIN cases c ON c.id = i.case_id
         WHERE c.state = 'INVITED' AND i.answered_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2
           AND i.issued_at <= ($1::timestamptz[])[i.nudges + 1]
         ORDER BY i.issued_at, i.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
        [before, at],
      );
      if (!due) return false;
      await tx.query('UPDATE invitations SET nudges = $2 WHERE case_id = $1 AND answered_at IS NULL AND revoked_at IS NULL', [
        due.caseId,
        due.step,
      ]);
      const { n, by } = data.nudges[due.step - 1]!;
      await record(tx, clockwork, { type: 'invitation.nudged', caseId: due.caseId, at, data: { code: by, n } });
      return true;
    });
  }
}
