import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { requireSignedIn } from '#access';
import type { Actor, FoundMessages, MessageView, SearchMessages } from '#contract';
import { Clock, Database, DomainError, Keys } from '#platform';
import { fold } from '#language';
import { MessageLog } from './message.log.js';
import { roomsOfCase } from './room.view.js';

const stretch = 2_000;
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

  /** The words of every message are opened and looked at; the whole message only of what is found. */
  private async inRoom(tx: EntityManager, roomId: string, wanted: string[]): Promise<MessageView[]> {
    const seqs: number[] = [];
    for (let before = Number.MAX_SAFE_INTEGER; seqs.length <= most;) {
      const said = await this.log.words(tx, roomId, before, stretch);
      seqs.push(...said.filter(({ body }) => holds(folded(body), wanted)).map(({ seq }) => seq));
      if (said.length < stretch) break;
      before = said.at(-1)!.seq;
    }
    const found: MessageView[] = [];
    for (const seq of seqs.slice(0, most + 1)) found.push((await this.log.find(tx, roomId, seq))!);
    return found;
  }
}

const folded = (text: string) => fold(text).replace(/\s+/g, ' ').trim();
const holds = (body: string, wanted: string[]) => wanted.every((word) => body.includes(word));
