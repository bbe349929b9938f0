import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, NameOutsideCalendar, OutsideCalendarView } from '#contract';
import { Clock, Database, Keys } from '#platform';

type Row = { host: string; fetchedAt: Date | null; failure: NonNullable<OutsideCalendarView['calendar']>['failure']; busy: number };

/** A mediator's calendar kept elsewhere. Its address opens that calendar for whoever has it: sealed, and never shown again. */
@Injectable()
export class OutsideCalendarsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  show(actor: Actor): Promise<OutsideCalendarView> {
    requireSignedIn(actor);
    authorize(actor, 'hours.keep', null);
    return this.db.transaction(actor, (tx) => viewOf(tx, actor.id));
  }

  /** In place of the one before, of which nothing stays. It is read by the worker, at once and then every hour. */
  name(actor: Actor, { address }: NameOutsideCalendar): Promise<OutsideCalendarView> {
    requireSignedIn(actor);
    authorize(actor, 'hours.keep', null);
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const sealed = await this.keys.seal(tx, { scope: 'person', id: actor.id }, address, 'outside_calendar');
      await tx.query('SELECT 1 FROM mediators WHERE person_id = $1 FOR NO KEY UPDATE', [actor.id]); // two tabs, one after the other
      await tx.query('DELETE FROM outside_calendars WHERE person_id = $1', [actor.id]);
      await tx.query('INSERT INTO outside_calendars (person_id, address_sealed, host, named_at, due_at) VALUES ($1, $2, $3, $4, $4)', [
        actor.id,
        sealed,
        new URL(address).host,
        now,
      ]);
      return viewOf(tx, actor.id);
    });
  }

  /** What was read goes with it. */
  forget(actor: Actor): Promise<OutsideCalendarView> {
    requireSignedIn(actor);
    authorize(actor, 'hours.keep', null);
    return this.db.transaction(actor, async (tx) => {
      await tx.query('DELETE FROM outside_calendars WHERE person_id = $1', [actor.id]);
      return { calendar: null };
    });
  }
}

async function viewOf(tx: EntityManager, personId: string): Promise<OutsideCalendarView> {
  const [row] = (await tx.query(
    `SELECT c.host, c.fetched_at AS "fetchedAt", c.failure, (SELECT count(*)::int FROM outside_busy b WHERE b.person_id = c.person_id) AS busy
     FROM outside_calendars c WHERE c.person_id = $1`,
    [personId],
  )) as Row[];
  return { calendar: row ? { ...row, fetchedAt: row.fetchedAt?.toISOString() ?? null } : null };
}
