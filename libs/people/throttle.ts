import { Injectable } from '@nestjs/common';
import { Clock, Database, DomainError, KeyedHash } from '#platform';

const [minute, hour, day] = [60, 3_600, 86_400];

/** How often a thing may be tried, by whom it is counted: so many times in so many seconds. Read this table to audit the brakes. */
export const budgets = {
  'code.contact': { limit: 5, seconds: 10 * minute },
  'code.contact_daily': { limit: 30, seconds: day },
  'code.network': { limit: 120, seconds: hour },
  'code.everybody': { limit: 3_000, seconds: hour },
  // Only wrong ones stay counted.
  'code_guess.network': { limit: 60, seconds: hour },
  'code_guess.everybody': { limit: 1_000, seconds: hour },
  'password_guess.login': { limit: 10, seconds: 15 * minute },
  'password_guess.network': { limit: 60, seconds: 15 * minute },
  'second_factor_guess.person': { limit: 5, seconds: 5 * minute },
  'staff_invitation_guess.network': { limit: 20, seconds: hour },
  'slip_guess.network': { limit: 20, seconds: hour },
  'slip_guess.everybody': { limit: 200, seconds: hour },
  'invitation_guess.network': { limit: 30, seconds: hour },
  'invitation_guess.everybody': { limit: 1_000, seconds: hour },
  // Hours that suit all, asked for by a party: enough to agree, too few to map what the other side has said of its time.
  'hours_search.person': { limit: 20, seconds: day },
  'message_check.network': { limit: 60, seconds: hour },
  'message_check.everybody': { limit: 5_000, seconds: hour },
} as const;
export type Budget = keyof typeof budgets;
/** Whose budgets are spent; one without a name (an unknown network) is passed over. */
export type Spending = Partial<Record<Budget, string | undefined>>;
/** One hit in one window; given back when it was no guess after all. */
export type Taken = { bucket: string; window: Date };

/** Counters against guessing. They live in PostgreSQL, so flushing Redis opens no door, and commit by themselves, so a rollback resets nothing. */
@Injectable()
export class Throttle {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hashes: KeyedHash,
  ) {}

  /** Counts one more, or refuses. `who` is kept as a keyed hash only. */
  spend(budget: Budget, who: string): Promise<Taken> {
    const { limit, seconds } = budgets[budget];
    return this.take(`${budget}:${who && this.hashes.of('throttle', who).toString('base64url')}`, limit, seconds);
  }

  /** Several budgets at once, the narrowest first: who is stopped by his own spends nothing of everybody's. */
  async spendAll(spent: Spending): Promise<Taken[]> {
    const taken: Taken[] = [];
    for (const [budget, who] of Object.entries(spent)) if (who !== undefined) taken.push(await this.spend(budget as Budget, who));
    return taken;
  }

  /** In fixed windows; one statement, so a thousand at once get exactly `limit` through. */
  async take(bucket: string, limit: number, perSeconds: number): Promise<Taken> {
    const now = this.clock.now().getTime();
    const start = now - (now % (perSeconds * 1000));
    return this.takeIn({ bucket, window: new Date(start) }, limit, new Date(start + perSeconds * 1000));
  }

  /** The same in a window that begins with the thing itself: the life of one code. */
  async takeIn({ bucket, window }: Taken, limit: number, until: Date): Promise<Taken> {
    const [row] = await this.db.alone<{ hits: number }>(
      `INSERT INTO throttles (bucket, window_start, hits) VALUES ($1, $2, 1)
       ON CONFLICT (bucket, window_start) DO UPDATE SET hits = throttles.hits + 1 RETURNING hits`,
      [bucket, window],
    );
    if (row!.hits <= limit) return { bucket, window };
    throw new DomainError('too_many_attempts', { retryAfter: Math.ceil((until.getTime() - this.clock.now().getTime()) / 1000) });
  }

  async giveBack(taken: Taken[]): Promise<void> {
    for (const { bucket, window } of taken)
      await this.db.alone('UPDATE throttles SET hits = hits - 1 WHERE bucket = $1 AND window_start = $2 AND hits > 0', [bucket, window]);
  }
}

/** A neighbourhood of addresses: an IPv4 address itself, an IPv6 address's /64, which one household or attacker gets whole. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('%')[0]!.split('::');
  const groups = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const whole =
    tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after];
  return `${whole.slice(0, 4).join(':')}::/64`;
}
