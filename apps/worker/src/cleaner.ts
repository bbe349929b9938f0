import { Injectable } from '@nestjs/common';
import { Clock, Database } from '#platform';

const system = { id: null, role: 'system' } as const;
const day = 24 * 3_600_000;

/** What is of no use any more, and how long it is kept after its end. */
const leftovers: { what: string; sql: string; keptMs: number }[] = [
  { what: 'one-time codes', sql: 'DELETE FROM one_time_codes WHERE expires_at < $1', keptMs: day },
  { what: 'sessions', sql: 'DELETE FROM sessions WHERE least(expires_at, revoked_at) < $1', keptMs: 30 * day },
  { what: 'counters', sql: 'DELETE FROM throttles WHERE window_start < $1', keptMs: 7 * day },
  {
    what: 'choices for a pile that nobody offered',
    sql: 'DELETE FROM assignment_batches b WHERE b.made_at < $1 AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.batch_id = b.id)',
    keptMs: day,
  },
  { what: 'answers to acts with a key', sql: 'DELETE FROM act_answers WHERE asked_at < $1', keptMs: 7 * day },
];

@Injectable()
export class Cleaner {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async clean() {
    for (const { sql, keptMs } of leftovers)
      await this.db.transaction(system, (tx) => tx.query(sql, [new Date(this.clock.now().getTime() - keptMs)]));
  }
}
