import { Injectable } from '@nestjs/common';
import { authorize, requireSignedIn } from '#access';
import { lockCase, subjectOf } from '#cases';
import type { Actor, ErrorCode, OpenSubRoom, RoomView } from '#contract';
import { Clock, Database, DomainError, Keys } from '#platform';
import { roomById } from './room.view.js';

/** Smaller rooms: some of the parties and the mediator. Who is in one is settled when it opens; to all others there is none. */
@Injectable()
export class SubRoomsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  open(actor: Actor, caseId: string, { id, personIds }: OpenSubRoom): Promise<RoomView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'room.gather', await subjectOf(tx, await lockCase(tx, caseId)));
      const [{ said }] = (await tx.query('SELECT open_sub_room($1, $2, $3, $4) AS said', [id, caseId, personIds, this.clock.now()])) as [
        { said: string },
      ];
      if (said === 'opened') await this.keys.create(tx, { scope: 'room', id });
      else if (said !== 'repeated') throw new DomainError(said as ErrorCode);
      return (await roomById(tx, actor, id, this.clock.now()))!;
    });
  }

  /** Oneself, or by the mediator; whoever left reads it no more. */
  leave(actor: Actor, roomId: string, personId: string): Promise<void> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const [{ said }] = (await tx.query('SELECT leave_sub_room($1, $2, $3) AS said', [roomId, personId, this.clock.now()])) as [
        { said: string },
      ];
      if (said !== 'done') throw new DomainError(said as ErrorCode);
    });
  }
}
