import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CaseEffects } from '#cases';
import type { Actor, SignedIn } from '#contract';
import { Clock, DomainError, Keys, newId } from '#platform';

/** Opens the rooms of a case, each with a data key of its own, in the transaction that begins mediation. Safe to repeat. */
@Injectable()
export class RoomsOpening implements OnModuleInit {
  constructor(
    private readonly keys: Keys,
    private readonly clock: Clock,
    private readonly effects: CaseEffects,
  ) {}

  onModuleInit() {
    this.effects.on('IN_MEDIATION', (tx, actor, caseId) => this.open(tx, actor, caseId));
  }

  async open(tx: EntityManager, _actor: Actor, caseId: string): Promise<void> {
    const opened = (await tx.query('SELECT room_id FROM open_rooms($1, $2, $3, $4, $5)', [
      caseId,
      newId(),
      newId(),
      newId(),
      this.clock.now(),
    ])) as { room_id: string }[];
    for (const { room_id } of opened) await this.keys.create(tx, { scope: 'room', id: room_id });
  }

  /** A question before or instead of a case, asked of a duty mediator, or of whoever takes it. Sealed like a caucus. Returns the room. */
  async openConsultation(tx: EntityManager, asker: SignedIn, mediatorId: string | null): Promise<string> {
    const roomId = newId();
    const [{ opened }] = (await tx.query('SELECT open_consultation($1, $2, $3, $4) AS opened', [
      roomId,
      asker.id,
      mediatorId,
      this.clock.now(),
    ])) as [{ opened: boolean }];
    if (!opened) throw new DomainError('not_found');
    await this.keys.create(tx, { scope: 'room', id: roomId });
    return roomId;
  }

  /** By a duty mediator; whoever comes second finds nothing. */
  async takeConsultation(tx: EntityManager, roomId: string): Promise<void> {
    const [{ taken }] = (await tx.query('SELECT take_consultation($1, $2) AS taken', [roomId, this.clock.now()])) as [{ taken: boolean }];
    if (!taken) throw new DomainError('not_found');
  }
}
