import { Injectable } from '@nestjs/common';
import { Clock, Database } from '#platform';

const system = { id: null, role: 'system' } as const;
export type Backlog = { what: 'facts' | 'notices'; channel: string; state: string; weight: string; count: number; oldestSeconds: number };

/** How much waits and since when, for whoever watches the house. Notices of rooms are left out: their number would tell how much is talked. */
@Injectable()
export class BacklogOf {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  read(): Promise<Backlog[]> {
    const now = this.clock.now();
    return this.db.transaction(system, async (tx) => (await tx.query(backlog, [now])) as Backlog[]);
  }
}

const backlog = `
  SELECT 'facts' AS what, '' AS channel, 'waiting' AS state, '' AS weight, count(*)::int AS count,
    coalesce(extract(epoch FROM $1 - min(e.at)), 0)::float AS "oldestSeconds"
  FROM outbox o JOIN events e ON e.id = o.event_id WHERE o.handled_at IS NULL
  UNION ALL
  SELECT 'notices', channel, state, CASE WHEN legal THEN 'legal' ELSE 'courtesy' END, count(*)::int,
    coalesce(extract(epoch FROM $1 - min(due_at)), 0)::float
  FROM notifications WHERE (state = 'failed' OR state = 'waiting' AND due_at <= $1) AND source_type <> 'rooms.unread'
  GROUP BY channel, state, legal`;
