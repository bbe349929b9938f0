import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor } from '#contract';
import { Clock, Database, record } from '#platform';

const clockwork: Actor = { id: null, role: 'system' };
const dayMs = 86_400_000;

/** A day before a training begins, once, to everybody who has a seat; again if it was moved since. Any number of workers may sweep at once. */
@Injectable()
export class TrainingReminders {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async remindDue(limit = 20): Promise<number> {
    let reminded = 0;
    while (reminded < limit && (await this.remindNext())) reminded += 1;
    return reminded;
  }

  private remindNext(): Promise<boolean> {
    return this.db.transaction(clockwork, async (tx) => {
      authorize(clockwork, 'case.follow_deadline', null);
      const at = this.clock.now();
      const [next] = (await tx.query(due, [at, new Date(at.getTime() + dayMs)])) as { id: string; startsAt: Date }[];
      if (!next) return false;
      await tx.query('UPDATE trainings SET reminded_at = $2 WHERE id = $1', [next.id, at]);
      const people = (await tx.query(`SELECT person_id AS id FROM enrolments WHERE training_id = $1 AND place = 'seat' ORDER BY 1`, [
        next.id,
      ])) as { id: string }[];
      for (const { id: personId } of people)
        await record(tx, clockwork, {
          type: 'training.reminded',
          at,
          data: { trainingId: next.id, personId, startsAt: next.startsAt.toISOString() },
        });
      return true;
    });
  }
}

const due = `
  SELECT t.id, lower(d.during) AS "startsAt" FROM trainings t JOIN training_days d ON d.training_id = t.id AND d.day = 1
  WHERE t.cancelled_at IS NULL AND (t.reminded_at IS NULL OR t.reminded_at < lower(d.during) - interval '1 day') AND lower(d.during) > $1 AND lower(d.during) <= $2
  ORDER BY lower(d.during), t.id LIMIT 1 FOR UPDATE OF t SKIP LOCKED`;
