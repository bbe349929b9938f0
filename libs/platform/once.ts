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

  answer(actor: SignedIn, { key, request }: Asked, act: () => Promise<unknown>): Promise<unknown> {
    const hash = this.hashes.of('act', `${actor.role} ${request}`);
    return this.db.together(actor, async (tx) => {
      // Whoever comes second waits here until the first has committed, or takes its place.
      const claimed = (await tx.query(
        'INSERT INTO act_answers (person_id, key, request_hash, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key',
        [actor.id, key, hash, this.clock.now()],
      )) as object[];
      if (claimed.length === 0) return this.known(tx, actor, key, hash);
      const answer = await act();
      const sealed = await this.keys.seal(tx, keyOf(actor), JSON.stringify(answer ?? null), `act:${key}`);
      await tx.query('UPDATE act_answers SET answer_sealed = $3 WHERE person_id = $1 AND key = $2', [actor.id, key, sealed]);
      return answer;
    });
  }

  private async known(tx: EntityManager, actor: SignedIn, key: string, hash: Buffer): Promise<unknown> {
    const [row] = (await tx.query('SELECT request_hash, answer_sealed FROM act_answers WHERE person_id = $1 AND key = $2', [
      actor.id,
      key,
    ])) as [{ request_hash: Buffer; answer_sealed: Buffer }];
    if (!row.request_hash.equals(hash)) throw new DomainError('act.key_reused');
    return JSON.parse(await this.keys.open(tx, keyOf(actor), row.answer_sealed, `act:${key}`));
  }
}

const keyOf = ({ id }: SignedIn): KeyOf => ({ scope: 'person', id });
