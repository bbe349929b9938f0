import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, WorkingHours } from '#contract';
import { Clock, Database, DomainError, newId } from '#platform';
import { workingDefaults } from './times.rules.js';

type Row = { weekly: WorkingHours['weekly']; modes: WorkingHours['modes']; bufferMinutes: number; dailyLimit: number };

/** A mediator's own week, absences, modes and limits. Booked meetings stand, whatever changes here. */
@Injectable()
export class WorkingHoursService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  show(actor: Actor): Promise<WorkingHours> {
    requireSignedIn(actor);
    authorize(actor, 'hours.keep', null);
    return this.db.transaction(actor, (tx) => hoursOf(tx, actor.id));
  }

  keep(actor: Actor, { weekly, exceptions, modes, bufferMinutes, dailyLimit }: WorkingHours): Promise<WorkingHours> {
    requireSignedIn(actor);
    authorize(actor, 'hours.keep', null);
    return this.db.transaction(actor, async (tx) => {
      await tx.query('SELECT 1 FROM mediators WHERE person_id = $1 FOR NO KEY UPDATE', [actor.id]); // two tabs, one after the other
      await tx.query(
        `INSERT INTO mediator_hours (person_id, weekly, modes, buffer_minutes, daily_limit, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (person_id) DO UPDATE SET weekly = excluded.weekly, modes = excluded.modes, buffer_minutes = excluded.buffer_minutes,
           daily_limit = excluded.daily_limit, changed_at = excluded.changed_at`,
        [actor.id, JSON.stringify(weekly), [...new Set(modes)], bufferMinutes, dailyLimit, this.clock.now()],
      );
      await tx.query('DELETE FROM hour_exceptions WHERE person_id = $1', [actor.id]);
      for (const { from, to, open } of exceptions)
        await tx.query('INSERT INTO hour_exceptions (id, person_id, during, open) VALUES ($1, $2, tstzrange($3, $4), $5)', [
          newId(),
          actor.id,
          from,
          to,
          open,
        ]);
      return hoursOf(tx, actor.id);
    });
  }
}

async function hoursOf(tx: EntityManager, personId: string): Promise<WorkingHours> {
  const [register] = (await tx.query('SELECT weekly FROM mediators WHERE person_id = $1', [personId])) as Pick<Row, 'weekly'>[];
  if (!register) throw new DomainError('not_found');
  const [said] = (await tx.query(
    `SELECT weekly, modes, buffer_minutes AS "bufferMinutes", daily_limit AS "dailyLimit" FROM mediator_hours WHERE person_id = $1`,
    [personId],
  )) as Row[];
  const exceptions = (await tx.query(
    `SELECT lower(during) AS "from", upper(during) AS "to", open FROM hour_exceptions WHERE person_id = $1 ORDER BY lower(during), id`,
    [personId],
  )) as { from: Date; to: Date; open: boolean }[];
  return {
    ...workingDefaults(register.weekly),
    ...said,
    exceptions: exceptions.map(({ from, to, open }) => ({ from: from.toISOString(), to: to.toISOString(), open })),
  };
}
