import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import type { SignedIn } from '#contract';
import type { Clock } from './clock.js';
import type { Database } from './database.js';
import { DomainError } from './domain-error.js';
import type { KeyedHash } from './keyring.js';
import type { KeyOf, Keys } from './keys.js';

/** What somebody asks under a key of his own: the whole of the request, so that the same key for something else is noticed. */
export type Asked = { key: string; request: string };

/**
 * One act of one person under one key, done once: the claim of the key, what the act changes and its answer commit together, and whoever
 * asks the same again, at once or a day later, gets that answer. A refusal leaves nothing behind, so the key may be tried again.
 * The key is the person's own; the same key of somebody else is another act.
 */
export class Once {
  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    private readonly clock: Clock,
  ) {}

  async answer(actor: SignedIn, { key, request }: Asked, act: () => Promise<unknown>): Promise<unknown> {
    const claim = { personId: actor.id, key, hash: this.hashes.of('act', `${actor.role} ${request}`) };
    const frame = { first: (tx: EntityManager) => this.claim(tx, actor, claim), last: this.keep.bind(this, actor, key) };
    try {
      return await this.db.framed(actor, frame, () => claims.run(claim, act));
    } catch (error) {
      if (error instanceof Answered) return error.answer;
      throw error;
    }
  }

  /** Whoever comes second waits here until the first has committed, or takes its place. */
  private async claim(tx: EntityManager, actor: SignedIn, { key, hash }: Claim): Promise<void> {
    const claimed = (await tx.query(
      'INSERT INTO act_answers (person_id, key, request_hash, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key',
      [actor.id, key, hash, this.clock.now()],
    )) as object[];
    if (claimed.length === 0) throw new Answered(await this.known(tx, actor, key, hash));
  }

  private async keep(actor: SignedIn, key: string, tx: EntityManager, answer: unknown) {
    const sealed = await this.keys.seal(tx, keyOf(actor), JSON.stringify(answer ?? null), answerLabel(key));
    await tx.query('UPDATE act_answers SET answer_sealed = $3 WHERE person_id = $1 AND key = $2', [actor.id, key, sealed]);
  }

  private async known(tx: EntityManager, actor: SignedIn, key: string, hash: Buffer): Promise<unknown> {
    const [row] = (await tx.query('SELECT request_hash, answer_sealed, answer_filled FROM act_answers WHERE person_id = $1 AND key = $2', [
      actor.id,
      key,
    ])) as [{ request_hash: Buffer; answer_sealed: Buffer; answer_filled: object | null }];
    if (!row.request_hash.equals(hash)) throw new DomainError('act.key_reused');
    const answer: unknown = JSON.parse(await this.keys.open(tx, keyOf(actor), row.answer_sealed, answerLabel(key)));
    return row.answer_filled ? { ...(answer as object), ...row.answer_filled } : answer;
  }
}

/** The key under which something is being done, for an act that claims it and keeps its answer in a statement of its own. */
export type Claim = { personId: string; key: string; hash: Buffer };
const claims = new AsyncLocalStorage<Claim>();
export const currentClaim = (): Claim | null => claims.getStore() ?? null;
/** As `keep` seals it. `Once` opens it, and lays `answer_filled` over it: what the database alone could tell. */
export const answerLabel = (key: string) => `act:${key}`;

/** Not a refusal: it was done before, and this is what was answered. */
class Answered extends Error {
  constructor(readonly answer: unknown) {
    super('answered before');
  }
}

const keyOf = ({ id }: SignedIn): KeyOf => ({ scope: 'person', id });
