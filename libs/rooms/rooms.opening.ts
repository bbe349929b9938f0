import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CaseEffects } from '#cases';
import type { Actor } from '#contract';
import { Clock, Keys, newId } from '#platform';

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
}
