import { Injectable } from '@nestjs/common';
import { type Actor, type ErrorCode, type MuteMember, type RoomSetting, type RoomView } from '#contract';
import { Clock, Database, DomainError, sqlState } from '#platform';
import { roomById } from './room.view.js';

/** The mediator's hand on a room: pause, slow mode, close, and asking one member not to write for a while. To everybody else there is none. */
@Injectable()
export class ModerationService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  set(actor: Actor, roomId: string, { state, slowSeconds }: RoomSetting): Promise<RoomView> {
    return this.change(actor, roomId, 'SELECT moderate_room($1, $2, $3, $4) AS said', [roomId, state, slowSeconds, this.clock.now()]);
  }

  mute(actor: Actor, roomId: string, { personId, minutes }: MuteMember): Promise<RoomView> {
    const until = new Date(this.clock.now().getTime() + minutes * 60_000);
    return this.change(actor, roomId, 'SELECT mute_member($1, $2, $3) AS said', [roomId, personId, minutes > 0 ? until : null]);
  }

  private change(actor: Actor, roomId: string, sql: string, values: unknown[]): Promise<RoomView> {
    return this.db.transaction(actor, async (tx) => {
      const [{ said }] = (await tx.query(sql, values).catch(refuseMeeting)) as [{ said: string }];
      if (said !== 'done') throw new DomainError(said as ErrorCode);
      return (await roomById(tx, actor, roomId, this.clock.now()))!;
    });
  }
}

/** The wall in the database: no room opens where the sides would meet that are kept apart. */
function refuseMeeting(error: unknown): never {
  if (sqlState(error) === '23001') throw new DomainError('room.kept_apart');
  throw error;
}
