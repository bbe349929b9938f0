import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, Database } from '#platform';
import { codesToSend } from '../planning/codes.js';
import { gatheringNotices } from '../planning/gatherings.js';
import { plan, type Planned } from '../planning/notice.js';
import { unreadNotices } from '../planning/unread.js';
import { dueNotices } from './claims.js';

const system = { id: null, role: 'system' } as const;

/** Looks at rows instead of waiting to be told: what came without a fact, what is due again, and what Redis lost. */
@Injectable()
export class Sweeper {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** One-time codes and staff invitations that nobody has sent yet. */
  planCodes(limit = 200): Promise<Planned[]> {
    return this.planned((tx, now) => codesToSend(tx, now, limit));
  }

  planUnread(): Promise<Planned[]> {
    return this.planned((tx, now) => unreadNotices(tx, now));
  }

  /** Open questions about who meets whom. */
  planGatherings(): Promise<Planned[]> {
    return this.planned((tx, now) => gatheringNotices(tx, now));
  }

  /** Whom the desk or an administrator lets rest. */
  resting(): Promise<ReadonlySet<string>> {
    return this.db.transaction(system, async (tx) => {
      const rows = (await tx.query('SELECT provider FROM provider_rests')) as { provider: string }[];
      return new Set(rows.map(({ provider }) => provider));
    });
  }

  due(limit: number): Promise<Planned[]> {
    return this.db.transaction(system, (tx) => dueNotices(tx, this.clock.now(), limit));
  }

  /** Facts that were handed to the queue a while ago and never came out of it. */
  unhandled(olderThanMs: number, limit: number): Promise<string[]> {
    return this.db.transaction(system, async (tx) => {
      const rows = (await tx.query(
        'SELECT event_id AS id FROM outbox WHERE handled_at IS NULL AND relayed_at <= $1 ORDER BY relayed_at LIMIT $2',
        [new Date(this.clock.now().getTime() - olderThanMs), limit],
      )) as { id: string }[];
      return rows.map(({ id }) => id);
    });
  }

  private planned(notices: (tx: EntityManager, now: Date) => Promise<Parameters<typeof plan>[1]>): Promise<Planned[]> {
    return this.db.transaction(system, async (tx) => {
      const now = this.clock.now();
      return plan(tx, await notices(tx, now), now);
    });
  }
}
