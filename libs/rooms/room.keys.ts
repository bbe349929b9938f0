import { Injectable } from '@nestjs/common';
import type { SignedIn } from '#contract';
import { Database, DomainError, Keys } from '#platform';

type DataKey = Awaited<ReturnType<Keys['dataKey']>>;

const limit = 20_000;
const keptFor = 60_000;

/**
 * The key of a room, for a member who posts there. It is fetched as that member, under row-level security, so somebody else stops
 * here; whether he still is a member is judged again by post_messages at every commit.
 */
@Injectable()
export class RoomKeys {
  private readonly admitted = new Map<string, { key: Promise<DataKey>; until: number }>();

  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
  ) {}

  /** Everybody who waits for one fetch goes on in the order of asking: an author's second message never overtakes the first. */
  forPosting(actor: SignedIn, roomId: string): Promise<DataKey> {
    const name = `${roomId}:${actor.id}:${actor.role}`;
    const known = this.admitted.get(name);
    if (known && known.until > performance.now()) return known.key;
    if (this.admitted.size >= limit) this.admitted.delete(this.admitted.keys().next().value!);
    const key = this.fetch(actor, roomId);
    this.admitted.set(name, { key, until: performance.now() + keptFor });
    key.catch(() => this.admitted.delete(name));
    return key;
  }

  private fetch(actor: SignedIn, roomId: string): Promise<DataKey> {
    return this.db.transaction(actor, async (tx) => {
      const [room] = (await tx.query('SELECT 1 FROM rooms WHERE id = $1', [roomId])) as unknown[];
      if (!room) throw new DomainError('not_found');
      return this.keys.dataKey(tx, { scope: 'room', id: roomId });
    });
  }
}
