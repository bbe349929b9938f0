import { randomUUID } from 'node:crypto';
import { CaseEffects } from '#cases';
import type { SignedIn } from '#contract';
import {
  EditsService,
  MessageFeed,
  MessageWriter,
  ModerationService,
  type Posted,
  ReleasesService,
  RoomKeys,
  RoomsOpening,
  RoomsService,
} from '#rooms';
import type { FreshDatabase } from './database.js';

/** The services of rooms as one api process holds them, and what their members would hear. */
export function startRooms({ db, clock, keys, hashes }: Pick<FreshDatabase, 'db' | 'clock' | 'keys' | 'hashes'>) {
  const feed = new MessageFeed();
  const told: Posted[] = [];
  feed.subscribe((posted) => void told.push(...posted));
  const rooms = new RoomsService(db, clock, keys, hashes, new RoomKeys(db, keys), new MessageWriter(db, clock, feed));
  const opening = new RoomsOpening(keys, clock, new CaseEffects());
  return {
    rooms,
    opening,
    told,
    edits: new EditsService(db, clock, keys, hashes),
    moderation: new ModerationService(db, clock),
    releases: new ReleasesService(db, clock, keys, hashes, feed),
    open: (actor: SignedIn, caseId: string) => db.transaction(actor, (tx) => opening.open(tx, actor, caseId)),
    say: (actor: SignedIn, roomId: string, body: string, replyTo?: string) =>
      rooms.post(actor, { roomId, clientId: randomUUID(), body, ...(replyTo ? { replyTo } : {}) }),
    log: async (actor: SignedIn, roomId: string) => (await rooms.page(actor, roomId, { after: 0, limit: 200 })).messages,
  };
}
export type Rooms = ReturnType<typeof startRooms>;
