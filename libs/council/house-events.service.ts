import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, HouseEvent, NoteHouseEvent } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { Clock, Database, DomainError, newId } from '#platform';

/** Trainings, open days and the like: line 18 of the reports counts them and whom they reached. What is noted after its month was closed is in no report. */
@Injectable()
export class HouseEventsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor): Promise<HouseEvent[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.read', null);
      return all(tx);
    });
  }

  note(actor: Actor, { kind, title, heldOn, people }: NoteHouseEvent): Promise<HouseEvent[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.keep', null);
      requireSignedIn(actor);
      const at = this.clock.now();
      if (heldOn > dayOf(at.getTime(), kazakhstan.zone)) throw new DomainError('invalid', { fields: { heldOn: 'date_future' } });
      await tx.query(
        'INSERT INTO house_events (id, kind, title, held_on, people, noted_by, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [newId(), kind, title, heldOn, people, actor.id, at],
      );
      return all(tx);
    });
  }
}

const all = (tx: EntityManager) =>
  tx.query(
    'SELECT id, kind, title, held_on::text AS "heldOn", people FROM house_events ORDER BY held_on DESC, id DESC LIMIT 300',
  ) as Promise<HouseEvent[]>;
