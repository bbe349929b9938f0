import { LRUCache } from 'lru-cache';
import type { EntityManager } from 'typeorm';
import type { Clock } from './clock.js';
import { freshBytes, type Keyring, open, seal } from './keyring.js';

/** Whose data key. Rooms and cases hold content (api only); persons and parties hold contacts (api and worker). */
export type KeyScope = 'room' | 'case' | 'person' | 'party';
export type KeyOf = { scope: KeyScope; id: string };
type DataKey = { key: Buffer; version: number };
export type WrappedKey = { scope: KeyScope; id: string; version: number; masterId: string; wrapped: string };

const contactScopes: KeyScope[] = ['person', 'party'];
/** Places of the cache: a key has two, under its version and as the newest. */
const cacheLimit = 20_000;

/**
 * Seals and opens with a data key per room, case, person or party. Data keys are wrapped in the database and cached here for
 * `cacheMinutes`; whether the caller may read what he opens was decided before, by the row-level policy of the sealed row.
 * Sealed form: version of the data key (2 bytes), then `seal` of keyring.ts.
 */
export class Keys {
  private readonly cache: LRUCache<string, DataKey>;
  /** What a transaction has made itself: known to it alone until it commits. */
  private readonly made = new WeakMap<EntityManager, Map<string, DataKey>>();

  constructor(
    private readonly clock: Clock,
    private readonly contact: Keyring,
    private readonly content: Keyring | null,
    cacheMinutes = 5,
  ) {
    this.cache = new LRUCache({ max: cacheLimit, ttl: cacheMinutes * 60_000 });
  }

  async seal(tx: EntityManager, of: KeyOf, plain: string | Buffer, additional: string): Promise<Buffer> {
    return this.sealWith(await this.dataKey(tx, of), plain, additional);
  }

  async open(tx: EntityManager, of: KeyOf, sealed: Buffer, additional: string): Promise<string> {
    return (await this.openBytes(tx, of, sealed, additional)).toString('utf8');
  }

  async openBytes(tx: EntityManager, of: KeyOf, sealed: Buffer, additional: string): Promise<Buffer> {
    const { key } = await this.dataKey(tx, of, sealed.readUInt16BE(0));
    return open(key, sealed.subarray(2), additional);
  }

  /** For the hot path: the key is fetched once, then many texts are sealed or opened with it. */
  sealWith({ key, version }: DataKey, plain: string | Buffer, additional: string): Buffer {
    const head = Buffer.alloc(2);
    head.writeUInt16BE(version);
    return Buffer.concat([head, seal(key, Buffer.isBuffer(plain) ? plain : Buffer.from(plain), additional)]);
  }

  openWith({ key }: DataKey, sealed: Buffer, additional: string): string {
    return open(key, sealed.subarray(2), additional).toString('utf8');
  }

  /** The newest (or the given) version of a data key; made on first use, but for rooms, whose keys are made when they open. */
  async dataKey(tx: EntityManager, of: KeyOf, version?: number): Promise<DataKey> {
    const name = `${of.scope}:${of.id}:${version ?? ''}`;
    const own = this.madeIn(tx, of);
    if (own && (version ?? 1) === 1) return own;
    const cached = this.cache.get(name);
    if (cached) return cached;
    const known = await this.find(tx, of, version);
    if (known) {
      this.cache.set(name, known);
      return known;
    }
    if (of.scope === 'room' || version !== undefined) throw new Error(`There is no key of ${of.scope} ${of.id}.`);
    await this.create(tx, of);
    return this.madeIn(tx, of) ?? (await this.find(tx, of))!;
  }

  /** Fetches the keys of many at once, for a batch that will open something of each. */
  async fetch(tx: EntityManager, scope: KeyScope, ids: string[]): Promise<void> {
    const missing = ids.filter((id) => !this.madeIn(tx, { scope, id }) && !this.cache.has(`${scope}:${id}:1`));
    if (missing.length === 0) return;
    const rows = (await tx.query(
      `SELECT scope_id AS id, version, master_id, wrapped FROM keys.data_keys WHERE scope = $1 AND scope_id = ANY($2)`,
      [scope, missing],
    )) as { id: string; version: number; master_id: string; wrapped: Buffer }[];
    for (const { id, version, master_id, wrapped } of rows)
      this.cache.set(`${scope}:${id}:${version}`, { version, key: this.ring(scope).unwrap(wrapped, master_id, label(scope, id, version)) });
  }

  /** Keys that a statement brought along with what they open, wrapped as they lie in the database. */
  accept(rows: WrappedKey[]): void {
    for (const { scope, id, version, masterId, wrapped } of rows) {
      const found = { version, key: this.ring(scope).unwrap(Buffer.from(wrapped, 'hex'), masterId, label(scope, id, version)) };
      for (const name of [version, '']) this.cache.set(`${scope}:${id}:${name}`, found);
    }
  }

  /** What is in the cache already, the newest or the given version: for who may not wait. */
  known({ scope, id }: KeyOf, version?: number): DataKey | null {
    return this.cache.get(`${scope}:${id}:${version ?? ''}`) ?? null;
  }

  openKnown(of: KeyOf, sealed: Buffer, additional: string): string | null {
    const found = this.known(of, sealed.readUInt16BE(0));
    return found && this.openWith(found, sealed, additional);
  }

  /** A first data key for the caller to store, wrapped; nobody knows it before. */
  fresh({ scope, id }: KeyOf): { id: string; master: string; wrapped: Buffer; key: DataKey } {
    const key = freshBytes(32);
    const { masterId, wrapped } = this.ring(scope).wrap(key, label(scope, id, 1));
    return { id, master: masterId, wrapped, key: { key, version: 1 } };
  }

  /** Makes the first data key, unless somebody else just did. */
  create(tx: EntityManager, { scope, id }: KeyOf): Promise<void> {
    return this.createAll(tx, scope, [id]);
  }

  /** Those of several at once. They may be rolled back with their transaction, therefore they are known to it alone; a room's to its members. */
  async createAll(tx: EntityManager, scope: KeyScope, ids: string[]): Promise<void> {
    const fresh = ids.map((id) => this.fresh({ scope, id }));
    const rows = (await tx.query(
      `INSERT INTO keys.data_keys (scope, scope_id, version, master_id, wrapped, created_at)
       SELECT $1, made.id, 1, made.master, made.wrapped, $5 FROM unnest($2::uuid[], $3::text[], $4::bytea[]) AS made (id, master, wrapped)
       ON CONFLICT DO NOTHING ${scope === 'room' ? '' : 'RETURNING scope_id AS id'}`,
      [scope, ids, fresh.map(({ master }) => master), fresh.map(({ wrapped }) => wrapped), this.clock.now()],
    )) as { id: string }[];
    const won = new Set(rows.map(({ id }) => id));
    const made = this.made.get(tx) ?? new Map<string, DataKey>();
    for (const { id, key } of fresh) if (won.has(id)) made.set(`${scope}:${id}`, key);
    this.made.set(tx, made);
  }

  private madeIn(tx: EntityManager, { scope, id }: KeyOf): DataKey | undefined {
    return this.made.get(tx)?.get(`${scope}:${id}`);
  }

  private async find(tx: EntityManager, { scope, id }: KeyOf, version?: number): Promise<DataKey | null> {
    const [row] = (await tx.query(
      `SELECT version, master_id, wrapped FROM keys.data_keys WHERE scope = $1 AND scope_id = $2 AND ($3::int IS NULL OR version = $3) ORDER BY version DESC LIMIT 1`,
      [scope, id, version ?? null],
    )) as { version: number; master_id: string; wrapped: Buffer }[];
    if (!row) return null;
    return { version: row.version, key: this.ring(scope).unwrap(row.wrapped, row.master_id, label(scope, id, row.version)) };
  }

  private ring(scope: KeyScope): Keyring {
    if (contactScopes.includes(scope)) return this.contact;
    if (!this.content) throw new Error('This process holds no content keys.');
    return this.content;
  }
}

const label = (scope: KeyScope, id: string, version: number) => `${scope}:${id}:${version}`;
