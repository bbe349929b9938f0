import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor, EventType } from '#contract';
import { Clock, Database, record } from '#platform';

const clockwork: Actor = { id: null, role: 'system' };
type Due = { id: string; about: string; personId: string; dueAt: Date };

/**
 * A day before the end of its time a complaint is recalled to who has to answer it; when the time is over unanswered, it is raised to the
 * administrator as well, and who complains is told so. Each once, whichever worker comes first; of the words they all know nothing.
 */
@Injectable()
export class ComplaintReminders {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async remindDue(): Promise<number> {
    const raised = await this.mark('raised_at', 'due_at < $1', 'complaint.overdue');
    return (
      raised +
      (await this.mark('reminded_at', `coalesce(remind_at, due_at - interval '1 day') <= $1 AND due_at >= $1`, 'complaint.reminded'))
    );
  }

  private mark(mark: 'reminded_at' | 'raised_at', when: string, type: EventType): Promise<number> {
    return this.db.transaction(clockwork, async (tx) => {
      authorize(clockwork, 'case.follow_deadline', null);
      const at = this.clock.now();
      const [due] = (await tx.query(
        `UPDATE complaints SET ${mark} = $1 WHERE outcome IS NULL AND withdrawn_at IS NULL AND ${mark} IS NULL AND ${when}
         RETURNING id, about, person_id AS "personId", due_at AS "dueAt"`,
        [at],
      )) as [Due[], number];
      for (const { id: complaintId, about, personId, dueAt } of due)
        await record(tx, clockwork, { type, at, data: { complaintId, about, personId, dueAt: dueAt.toISOString() } });
      return due.length;
    });
  }
}
