import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { LiveHint } from '#contract';
import { Sweeper } from '#notifications';
import { Clock, Database } from '#platform';
import { Hints, type Relayed } from './hints.js';
import { Queues } from './queues.js';

const system = { id: null, role: 'system' } as const;
const batch = 500;

/**
 * Hands committed facts to the queue, oldest first; several workers share the work (SKIP LOCKED). At least once: the mark and the hand-over
 * are not one act, and need not be, since planning a fact twice has no second effect. While Redis is away the rows wait and nothing spins.
 */
@Injectable()
export class Relay implements OnModuleDestroy {
  private readonly logger = new Logger('Relay');
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly queues: Queues,
    private readonly sweeper: Sweeper,
    private readonly hints: Hints,
  ) {}

  /** Empties the outbox. A call that comes while it is being emptied makes it look once more; while Redis is away there is nowhere to empty it to. */
  wake(): Promise<void> {
    if (this.stopped || !this.queues.isReady) return Promise.resolve();
    this.again = true;
    this.running ??= this.run();
    return this.running;
  }

  /** What it is in the middle of is finished while there is still a database to finish it in. */
  async onModuleDestroy() {
    this.stopped = true;
    this.again = false;
    await this.running;
  }

  private async run() {
    try {
      while (this.again && this.queues.isReady) {
        this.again = false;
        while ((await this.drain()) === batch);
        await this.relayCodes();
      }
    } catch (error) {
      // The slow poll comes back to it.
      this.logger.warn({ what: 'The outbox waits', name: (error as Error).name, code: (error as { code?: string }).code });
    } finally {
      this.running = null;
    }
  }

  private async drain(): Promise<number> {
    const { count, hints } = await this.db.transaction(system, async (tx) => {
      const events = (await tx.query(
        `SELECT e.id, e.type, e.case_id AS "caseId" FROM outbox o JOIN events e ON e.id = o.event_id
         WHERE o.relayed_at IS NULL ORDER BY o.event_id LIMIT $1 FOR UPDATE OF o SKIP LOCKED`,
        [batch],
      )) as Relayed[];
      if (events.length === 0) return { count: 0, hints: [] as LiveHint[] };
      const ids = events.map(({ id }) => id);
      const hints = await this.hints.of(tx, events);
      await this.queues.addEvents(ids);
      await tx.query('UPDATE outbox SET relayed_at = $2 WHERE event_id = ANY($1)', [ids, this.clock.now()]);
      return { count: ids.length, hints };
    });
    this.hints.publish(hints);
    return count;
  }

  /** A code's row is its own fact: no event tells that somebody asked for one. */
  private async relayCodes() {
    await this.queues.addNotices(await this.sweeper.planCodes(), this.clock.now());
  }
}
