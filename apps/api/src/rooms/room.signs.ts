import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { RedisChannel } from '../live/redis.channel.js';
import { RoomAudience } from './room.audience.js';

const Sign = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('here'), from: z.uuid(), rooms: z.array(z.tuple([z.uuid(), z.array(z.uuid())])) }),
  z.object({ kind: z.enum(['alive', 'ask', 'gone']), from: z.uuid() }),
  z.object({ kind: z.literal('typing'), from: z.uuid(), roomId: z.uuid(), personId: z.uuid() }),
  z.object({ kind: z.literal('read'), from: z.uuid(), roomId: z.uuid(), personId: z.uuid(), seq: z.number().int() }),
]);
type Sign = z.infer<typeof Sign>;
type Unsigned = Sign extends infer One ? (One extends Sign ? Omit<One, 'from'> : never) : never;

const [gatherFor, beatEvery, silentFor, atOnce] = [50, 2_000, 5_000, 500];

/**
 * The fleeting signs of a room between processes: who is here, who types, how far somebody has read. Ids only, never stored; each
 * process shows them to the members it knows. A process that falls silent takes its people's presence with it.
 */
@Injectable()
export class RoomSigns implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly self = randomUUID();
  private readonly heardAt = new Map<string, number>();
  private readonly changed = new Set<string>();
  private gathering?: NodeJS.Timeout;
  private beat?: NodeJS.Timeout;
  private isLeaving = false;

  constructor(
    private readonly audience: RoomAudience,
    private readonly channel: RedisChannel,
  ) {}

  onModuleInit() {
    this.audience.whenPresenceChanges((roomId) => this.gather(roomId));
    this.channel.listen(
      'signs',
      (sign) => this.hear(Sign.parse(sign)),
      () => this.meet(),
    );
    this.beat = setInterval(() => this.pulse(), beatEvery).unref();
  }

  /** Its people come again through another process: nobody need wait until this one is missed. */
  beforeApplicationShutdown() {
    this.say({ kind: 'gone' });
    this.isLeaving = true;
  }

  onApplicationShutdown() {
    clearInterval(this.beat);
    clearTimeout(this.gathering);
  }

  typing(roomId: string, personId: string) {
    this.audience.tellTyping(roomId, personId);
    this.say({ kind: 'typing', roomId, personId });
  }

  read(roomId: string, members: string[], personId: string, seq: number) {
    this.audience.tellRead(roomId, members, personId, seq);
    this.say({ kind: 'read', roomId, personId, seq });
  }

  private hear(sign: Sign) {
    if (sign.from === this.self) return;
    if (!this.heardAt.has(sign.from) && sign.kind === 'alive') this.say({ kind: 'ask' });
    if (sign.kind === 'gone') this.forget(sign.from);
    else this.heardAt.set(sign.from, performance.now());
    if (sign.kind === 'here') for (const [roomId, persons] of sign.rooms) this.audience.elsewhere(sign.from, roomId, persons);
    if (sign.kind === 'ask') this.announce(this.audience.all());
    if (sign.kind === 'typing') this.audience.tellTyping(sign.roomId, sign.personId);
    if (sign.kind === 'read') this.audience.tellReadToMembers(sign.roomId, sign.personId, sign.seq);
  }

  /** The line stands again, or for the first time: everybody tells everybody. */
  private meet() {
    this.say({ kind: 'ask' });
    this.announce(this.audience.all());
  }

  private pulse() {
    this.say({ kind: 'alive' });
    for (const [from, at] of this.heardAt) if (at < performance.now() - silentFor) this.forget(from);
  }

  private forget(from: string) {
    this.heardAt.delete(from);
    this.audience.forgetProcess(from);
  }

  /** Many come and go in one moment: they are told together. */
  private gather(roomId: string) {
    this.changed.add(roomId);
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.announce([...this.changed]);
      this.changed.clear();
    }, gatherFor).unref();
  }

  private announce(roomIds: string[]) {
    for (let at = 0; at < roomIds.length; at += atOnce)
      this.say({ kind: 'here', rooms: roomIds.slice(at, at + atOnce).map((id) => [id, this.audience.presentHere(id)]) });
  }

  private say(sign: Unsigned) {
    if (!this.isLeaving) this.channel.publish('signs', { ...sign, from: this.self });
  }
}
