import { Injectable } from '@nestjs/common';
import { requireSignedIn } from '#access';
import type { Actor, CaseExport, MessageView, RoomExport, RoomView } from '#contract';
import { Clock, Database, DomainError, Keys } from '#platform';
import type { EntityManager } from 'typeorm';
import { MessageLog } from './message.log.js';
import { chained } from './room.chain.js';
import { roomsOfCase } from './room.view.js';

const stretch = 500;

/** All that one could see of a case's rooms, to take away: one's own rooms alone, each with a chain of hashes. */
@Injectable()
export class RoomExports {
  private readonly log: MessageLog;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    keys: Keys,
  ) {
    this.log = new MessageLog(keys);
  }

  take(actor: Actor, caseId: string): Promise<CaseExport> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const rooms = await roomsOfCase(tx, actor, caseId, this.clock.now());
      if (rooms.length === 0) throw new DomainError('not_found');
      const exported: RoomExport[] = [];
      for (const room of rooms) exported.push(await this.room(tx, room));
      return { caseId, takenAt: this.clock.now().toISOString(), rooms: exported };
    });
  }

  private async room(tx: EntityManager, { id, kind, side, members }: RoomView): Promise<RoomExport> {
    const all: MessageView[] = [];
    for (let page = await this.log.page(tx, id, { after: 0, limit: stretch }); page.length > 0;) {
      all.push(...page.map(withoutRelease));
      page = page.length < stretch ? [] : await this.log.page(tx, id, { after: page.at(-1)!.seq, limit: stretch });
    }
    const names = members.map(({ personId, name, capacity, side: of }) => ({ personId, name, capacity, side: of }));
    return { roomId: id, kind, side, members: names, ...chained(all) };
  }
}

/** A request to share is between two people and goes on changing; the message does not. */
function withoutRelease(message: MessageView): MessageView {
  const kept = { ...message };
  delete kept.release;
  return kept;
}
