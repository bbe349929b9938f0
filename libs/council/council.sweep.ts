import { Injectable } from '@nestjs/common';
import type { Actor, EventType } from '#contract';
import { Clock, Database, record } from '#platform';

const clockwork: Actor = { id: null, role: 'system' };

/** Recalls the council's tasks a few days before their end, and raises those that nobody has ended: each once, whichever worker comes first. */
@Injectable()
export class CouncilSweep {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async raiseDue(): Promise<number> {
    const raised = await this.mark('overdue_at', 'due_at', 'council.task_overdue');
    return raised + (await this.mark('reminded_at', 'remind_at', 'council.task_reminded'));
  }

  private mark(mark: 'overdue_at' | 'reminded_at', from: 'due_at' | 'remind_at', type: EventType): Promise<number> {
    return this.db.transaction(clockwork, async (tx) => {
      const at = this.clock.now();
      const [due] = (await tx.query(
        `UPDATE council_tasks SET ${mark} = $1 WHERE ${from} <= $1 AND ${mark} IS NULL AND done_at IS NULL AND (${mark === 'overdue_at'} OR due_at > $1)
         RETURNING id, due_at AS "dueAt"`,
        [at],
      )) as [{ id: string; dueAt: Date }[], number];
      for (const { id, dueAt } of due)
        await record(tx, clockwork, { type, at, data: { taskId: id, dueAt: new Date(dueAt.getTime() - 1000).toISOString() } });
      return due.length;
    });
  }
}
