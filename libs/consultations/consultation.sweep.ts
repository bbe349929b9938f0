import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor, EventType } from '#contract';
import { Clock, Database, record } from '#platform';
import data from './data/consultations.json' with { type: 'json' };

const clockwork: Actor = { id: null, role: 'system' };
const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];
type Found = { id: string; askerId: string; mediatorId: string | null; roomId: string; startsAt: Date | null };

/**
 * What happens to questions by themselves. Rows that are swept, each held while it is looked at: a question calls the mediators on duty, each
 * once; unanswered, it is told to the desk and in the end closes; an hour is remembered; words are destroyed when their time is over.
 */
@Injectable()
export class ConsultationSweep {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** How many rows something was done to. */
  async sweep(): Promise<number> {
    let done = 0;
    for (const step of [this.call, this.tellDesk, this.remind, this.expire, this.endSilent, this.shred])
      while (done < 500 && (await this.one(step))) done += 1;
    return done;
  }

  private one(step: (tx: EntityManager, at: Date) => Promise<boolean>): Promise<boolean> {
    return this.db.transaction(clockwork, (tx) => {
      authorize(clockwork, 'case.follow_deadline', null);
      return step.call(this, tx, this.clock.now());
    });
  }

  private async call(tx: EntityManager, at: Date): Promise<boolean> {
    const [due] = (await tx.query(
      `SELECT c.id, d.mediator_id AS "mediatorId" FROM consultations c
       JOIN duties d ON d.during @> $1::timestamptz AND d.mediator_id <> ALL (c.called) AND d.mediator_id <> c.asker_id
       JOIN mediators m ON m.person_id = d.mediator_id AND stands_on(m.status, m.status_from, m.status_until, $1)
       WHERE c.mediator_id IS NULL AND c.ended_at IS NULL ORDER BY c.asked_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
      [at],
    )) as { id: string; mediatorId: string }[];
    if (!due) return false;
    await tx.query('UPDATE consultations SET called = called || $2::uuid WHERE id = $1', [due.id, due.mediatorId]);
    await tell(tx, 'consultation.called', at, { consultationId: due.id, personId: due.mediatorId });
    return true;
  }

  private async tellDesk(tx: EntityManager, at: Date): Promise<boolean> {
    const due = await next(tx, 'c.mediator_id IS NULL AND c.ended_at IS NULL AND c.desk_told_at IS NULL AND c.asked_at <= $1', [
      new Date(at.getTime() - data.desk_told_after_minutes * minuteMs),
    ]);
    if (!due) return false;
    await tx.query('UPDATE consultations SET desk_told_at = $2 WHERE id = $1', [due.id, at]);
    await tell(tx, 'consultation.untaken', at, { consultationId: due.id });
    return true;
  }

  private async remind(tx: EntityManager, at: Date): Promise<boolean> {
    const due = await next(tx, 'c.ended_at IS NULL AND c.reminded_at IS NULL AND lower(c.hour) > $1 AND lower(c.hour) <= $2', [
      at,
      new Date(at.getTime() + data.hour_reminded_before_hours * hourMs),
    ]);
    if (!due) return false;
    await tx.query('UPDATE consultations SET reminded_at = $2 WHERE id = $1', [due.id, at]);
    const startsAt = due.startsAt!.toISOString();
    for (const personId of [due.askerId, due.mediatorId!])
      await tell(tx, 'consultation.reminded', at, { consultationId: due.id, personId, startsAt });
    return true;
  }

  private async expire(tx: EntityManager, at: Date): Promise<boolean> {
    const due = await next(tx, 'c.mediator_id IS NULL AND c.ended_at IS NULL AND c.asked_at <= $1', [
      daysBefore(at, data.expires_after_days),
    ]);
    return due ? end(tx, due, 'expired', at) : false;
  }

  /** Taken, and nobody has ended it for long after the hour, or since it was taken. */
  private async endSilent(tx: EntityManager, at: Date): Promise<boolean> {
    const due = await next(tx, 'c.mediator_id IS NOT NULL AND c.ended_at IS NULL AND greatest(c.taken_at, upper(c.hour)) <= $1', [
      daysBefore(at, data.silent_ends_after_days),
    ]);
    return due ? end(tx, due, 'nothing', at) : false;
  }

  private async shred(tx: EntityManager, at: Date): Promise<boolean> {
    const due = await next(tx, 'c.ended_at <= $1 AND c.shredded_at IS NULL', [daysBefore(at, data.words_kept_days)]);
    if (!due) return false;
    await tx.query('UPDATE consultations SET shredded_at = $2 WHERE id = $1', [due.id, at]);
    await tx.query('SELECT shred_room($1, $2, $3)', [due.roomId, 'retention', at]);
    return true;
  }
}

const daysBefore = (at: Date, days: number) => new Date(at.getTime() - days * dayMs);

async function next(tx: EntityManager, where: string, values: unknown[]): Promise<Found | undefined> {
  const rows = (await tx.query(
    `SELECT c.id, c.asker_id AS "askerId", c.mediator_id AS "mediatorId", c.room_id AS "roomId", lower(c.hour) AS "startsAt" FROM consultations c
     WHERE ${where} ORDER BY c.asked_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
    values,
  )) as Found[];
  return rows[0];
}

async function end(tx: EntityManager, { id, askerId }: Found, outcome: 'expired' | 'nothing', at: Date): Promise<boolean> {
  await tx.query('SELECT end_consultation($1, $2, $3)', [id, outcome, at]);
  await tell(tx, 'consultation.ended', at, { consultationId: id, personId: askerId, code: outcome });
  return true;
}

const tell = (tx: EntityManager, type: EventType, at: Date, data: Record<string, string>) => record(tx, clockwork, { type, at, data });
