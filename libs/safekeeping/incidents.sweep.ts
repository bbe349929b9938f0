import { Injectable } from '@nestjs/common';
import type { Actor } from '#contract';
import { Clock, Database, record } from '#platform';

const clockwork: Actor = { id: null, role: 'system' };

/** Raises an incident of which the authorised body was not told in time: once, whichever worker comes first. */
@Injectable()
export class IncidentsSweep {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  raiseOverdue(): Promise<number> {
    return this.db.transaction(clockwork, async (tx) => {
      const at = this.clock.now();
      const [late] = (await tx.query(
        `UPDATE incidents i SET overdue_at = $1 WHERE i.due_at < $1 AND i.overdue_at IS NULL AND i.closed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM incident_tellings t WHERE t.incident_id = i.id AND t.whom = 'authority') RETURNING i.id`,
        [at],
      )) as [{ id: string }[], number];
      for (const { id } of late) await record(tx, clockwork, { type: 'incident.overdue', at, data: { incidentId: id } });
      return late.length;
    });
  }
}
