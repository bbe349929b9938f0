import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '#platform';
import { MessageFeed, type Posted, RoomsService } from '#rooms';
import { PostgresLine } from '../live/postgres.line.js';
import { RedisChannel } from '../live/redis.channel.js';
import { RoomAudience } from './room.audience.js';

const Told = z.array(z.object({ roomId: z.uuid(), seq: z.number().int() }));
/** Another process's message usually comes by itself; only then is it looked for. */
const patience = 200;
/** After so long a telling, or a reading, that failed is tried again. */
const [tellAgain, readAgain] = [1_000, 5_000];

/**
 * Carries committed messages to this process's sockets and tells the other processes where to look: room and seq, nothing else.
 * What another process committed is read and opened here as one of the members who have entered, under row-level security.
 */
@Injectable()
export class RoomFollower implements OnModuleInit {
  private readonly logger = new Logger('RoomFollower');
  private readonly reading = new Map<string, Promise<void>>();
  private readonly owed = new Set<string>();
  /** Committed here, and Redis would not carry it. */
  private unsaid = new Map<string, number>();

  constructor(
    private readonly rooms: RoomsService,
    private readonly audience: RoomAudience,
    private readonly feed: MessageFeed,
    private readonly channel: RedisChannel,
    private readonly line: PostgresLine,
  ) {}

  onModuleInit() {
    this.feed.subscribe((posted) => this.committed(posted));
    this.audience.whenBehind((roomId) => void this.follow(roomId));
    const hear = (roomId: string, seq: number) => void (this.audience.hear(roomId, seq) && this.follow(roomId));
    this.channel.listen(
      'rooms',
      (message) => Told.parse(message).forEach(({ roomId, seq }) => hear(roomId, seq)),
      // The line was cut: whatever was said meanwhile is in the database.
      () => this.audience.all().forEach((roomId) => hear(roomId, Infinity)),
    );
    this.line.listen(
      'rooms',
      (roomId) => void this.changed(roomId),
      () => void this.lookAgain(),
    );
    // What was changed while the line was cut is read with the next page.
    this.line.listen(
      'edits',
      (place) => void this.messageChanged(place),
      () => undefined,
    );
  }

  /** Its members or its state changed: whoever is no longer a member leaves at once, the others look again. */
  private async changed(roomId: string) {
    for (const actor of this.audience.actors(roomId))
      await this.asMember(roomId, actor, async () => this.audience.opened(await this.rooms.enter(actor, roomId)));
    this.audience.tellChanged(roomId);
    this.audience.tellPresence(roomId);
  }

  /** A message is not what it was: whoever is a member now gets it as it stands. */
  private async messageChanged(place: string) {
    const [roomId = '', seq] = place.split(':');
    for (const actor of this.audience.actors(roomId)) {
      const posted = await this.asMember(roomId, actor, () => this.rooms.one(actor, roomId, Number(seq)));
      if (posted) return this.audience.tellMessage(posted);
    }
  }

  private async lookAgain() {
    for (const roomId of this.audience.all()) await this.changed(roomId);
  }

  private committed(posted: Posted[]) {
    const last = new Map(posted.map(({ message }) => [message.roomId, message.seq]));
    for (const roomId of this.audience.tell(posted)) setTimeout(() => void this.follow(roomId), patience).unref();
    void this.tellOthers(last);
  }

  private async tellOthers(last: Map<string, number>) {
    if (
      await this.channel.publish(
        'rooms',
        [...last].map(([roomId, seq]) => ({ roomId, seq })),
      )
    )
      return;
    if (this.unsaid.size === 0) setTimeout(() => this.tellUnsaid(), tellAgain).unref();
    for (const [roomId, seq] of last) this.unsaid.set(roomId, Math.max(seq, this.unsaid.get(roomId) ?? 0));
  }

  private tellUnsaid() {
    const unsaid = this.unsaid;
    this.unsaid = new Map();
    void this.tellOthers(unsaid);
  }

  /** One reading at a time per room; a hint that comes meanwhile makes one more. */
  private follow(roomId: string): Promise<void> {
    const running = this.reading.get(roomId);
    if (running) {
      this.owed.add(roomId);
      return running;
    }
    const reading = this.readOn(roomId).finally(() => {
      this.reading.delete(roomId);
      if (this.owed.delete(roomId)) void this.follow(roomId);
    });
    this.reading.set(roomId, reading);
    return reading;
  }

  private async readOn(roomId: string) {
    for (const actor of this.audience.actors(roomId)) {
      const done = await this.asMember(roomId, actor, async () => {
        for (let told = this.audience.toldUpTo(roomId); told !== null;) {
          const posted = await this.rooms.since(actor, roomId, told);
          if (posted.length === 0) break;
          this.audience.tell(posted);
          told = posted.at(-1)!.message.seq;
        }
        return true;
      });
      if (done) return this.audience.caughtUp(roomId);
    }
    if (this.audience.toldUpTo(roomId) !== null) setTimeout(() => void this.follow(roomId), readAgain).unref();
  }

  private async asMember<T>(roomId: string, actor: { id: string }, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_found') this.audience.remove(roomId, actor.id);
      else this.logger.warn({ what: 'A room could not be followed', name: (error as Error).name });
      return undefined;
    }
  }
}
