import { Injectable } from '@nestjs/common';
import { type Actor, drillEveryDays } from '#contract';
import { Clock, Database, record } from '#platform';

const clockwork: Actor = { id: null, role: 'system' };
const dayMs = 86_400_000;
const reminderEveryDays = 7;

/** Asks the administrators for a drill when the last one that held is a month old, or the house is and there was none; again every week. */
@Injectable()
export class DrillsSweep {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  raiseDue(): Promise<boolean> {
    return this.db.transaction(clockwork, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('drill_reminders', 0))`);
      const at = this.clock.now();
      const ago = (days: number) => new Date(at.getTime() - days * dayMs);
      const [due] = (await tx.query(
        `SELECT 1 WHERE coalesce((SELECT max(ended_at) FROM drills WHERE holds), (SELECT min(made_at) FROM audit_roots)) <= $1
           AND NOT EXISTS (SELECT 1 FROM drill_reminders WHERE raised_at > $2)`,
        [ago(drillEveryDays), ago(reminderEveryDays)],
      )) as unknown[];
      if (!due) return false;
      await tx.query('INSERT INTO drill_reminders (raised_at) VALUES ($1)', [at]);
      await record(tx, clockwork, { type: 'drill.due', at, data: {} });
      return true;
    });
  }
}
