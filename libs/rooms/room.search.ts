import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { requireSignedIn } from '#access';
import type { Actor, FoundMessages, MessageView, SearchMessages } from '#contract';
import { Clock, Database, DomainError, Keys } from '#platform';
import { fold } from '#language';
import { MessageLog } from './message.log.js';
import { roomsOfCase } from './room.view.js';

const stretch = 500;
const most = 50;

/** Looks through one's own rooms of a case: each message is opened and read, newest first; nothing is kept of the question or the answer. */
@Injectable()
export class RoomSearch {
  private readonly log: MessageLog;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    keys: Keys,
  ) {
    this.log = new MessageLog(keys);
  }

  search(actor: Actor, caseId: string, { words }: SearchMessages): Promise<FoundMessages> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const rooms = await roomsOfCase(tx, actor, caseId, this.clock.now());
      if (rooms.length === 0) throw new DomainError('not_found');
      const wanted = folded(words).split(' ').filter(Boolean);
      const found: MessageView[] = [];
      for (const { id } of rooms) found.push(...(await this.inRoom(tx, id, wanted)));
      const newest = found.toSorted((one, other) => other.postedAt.localeCompare(one.postedAt));
      return { messages: newest.slice(0, most), isAll: newest.length <= most };
    });
  }

  private async inRoom(tx: EntityManager, roomId: string, wanted: string[]): Promise<MessageView[]> {
    const found: MessageView[] = [];
    for (let before = Number.MAX_SAFE_INTEGER; found.length <= most;) {
      const page = await this.log.page(tx, roomId, { before, limit: stretch });
      found.push(...page.filter(({ body }) => holds(folded(body), wanted)).toReversed());
      if (page.length < stretch) break;
      before = page[0]!.seq;
    }
    return found;
  }
}

const folded = (text: string) => fold(text).replace(/\s+/g, ' ').trim();
const holds = (body: string, wanted: string[]) => wanted.every((word) => body.includes(word));
