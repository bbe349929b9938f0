import { Injectable } from '@nestjs/common';
import type { Actor, AnswerHandover, ErrorCode, RoomView } from '#contract';
import { Clock, Database, DomainError } from '#platform';
import { roomById } from './room.view.js';

/** Another mediator reads a private room only if every party in it agrees; who said no, or nothing, is told to nobody. */
@Injectable()
export class HandoversService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  answer(actor: Actor, roomId: string, { agrees }: AnswerHandover): Promise<RoomView> {
    return this.db.transaction(actor, async (tx) => {
      const [{ said }] = (await tx.query('SELECT answer_handover($1, $2, $3) AS said', [roomId, agrees, this.clock.now()])) as [
        { said: string },
      ];
      if (said !== 'done') throw new DomainError(said as ErrorCode);
      return (await roomById(tx, actor, roomId, this.clock.now()))!;
    });
  }
}
