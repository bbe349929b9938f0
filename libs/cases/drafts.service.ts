import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor } from '#contract';
import { claimNext, Clock, Database, record } from '#platform';
import data from './data/nudges.json' with { type: 'json' };

const clockwork: Actor = { id: null, role: 'system' };
const dayMs = 86_400_000;
type Draft = { id: string; personId: string; dueAt: Date };

/**
 * Applications that were begun and never sent. Their time (DRAFT_AUTODELETE) begins anew with every page; before it ends their author is
 * told, and then nothing of them is left: not the answers, not the names, not the keys. Any number of workers may sweep at once.
 */
@Injectable()
export class DraftsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Told once for each day on which it would end. */
  async warnEnding(limit = 100): Promise<number> {
    return this.each(limit, async (tx, at) => {
      const by = new Date(at.getTime() + data.draft_warned_days * dayMs);
      const unwarned = `d.due_at >= $2 AND NOT EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id AND e.type = 'case.draft_ending' AND (e.data->>'dueAt')::timestamptz = d.due_at)`;
      const draft = await next(tx, unwarned, [by, at]);
      if (!draft) return false;
      const { id: caseId, personId, dueAt } = draft;
      await record(tx, clockwork, { type: 'case.draft_ending', caseId, at, data: { personId, dueAt: dueAt.toISOString() } });
      return true;
    });
  }

  /** A draft that nobody was warned of is warned of first, and stays as long as everybody has after the warning. */
  async destroyDue(limit = 100): Promise<number> {
    const held: string[] = [];
    return this.each(limit, async (tx, at) => {
      const draft = await next(tx, 'c.id <> ALL ($2)', [at, held]);
      if (!draft) return false;
      const { id: caseId, personId } = draft;
      if (!(await this.wasWarned(tx, caseId, at))) return this.postpone(tx, draft, at);
      const [{ gone }] = (await tx.query('SELECT destroy_draft($1, $2) AS gone', [caseId, at])) as [{ gone: boolean }];
      if (gone) await record(tx, clockwork, { type: 'case.draft_destroyed', caseId, at, data: { personId } });
      else held.push(caseId); // something still refers to it: the others do not wait for that
      return true;
    });
  }

  /** While everything was down nobody could be told: the days of the warning begin now. */
  private async postpone(tx: EntityManager, { id, personId }: Draft, at: Date): Promise<boolean> {
    const dueAt = new Date(at.getTime() + data.draft_warned_days * dayMs);
    await tx.query(
      `UPDATE deadlines SET due_at = $2 WHERE case_id = $1 AND code = 'DRAFT_AUTODELETE' AND fired_at IS NULL AND cancelled_at IS NULL`,
      [id, dueAt],
    );
    await record(tx, clockwork, { type: 'case.draft_ending', caseId: id, at, data: { personId, dueAt: dueAt.toISOString() } });
    return true;
  }

  private async wasWarned(tx: EntityManager, caseId: string, at: Date): Promise<boolean> {
    const told = (await tx.query(
      `SELECT 1 FROM events e JOIN deadlines d ON d.case_id = e.case_id AND d.code = 'DRAFT_AUTODELETE' AND d.cancelled_at IS NULL AND d.fired_at IS NULL
       WHERE e.case_id = $1 AND e.type = 'case.draft_ending' AND (e.data->>'dueAt')::timestamptz = d.due_at AND d.due_at < $2`,
      [caseId, at],
    )) as object[];
    return told.length > 0;
  }

  /** Each in its own transaction. */
  private async each(limit: number, work: (tx: EntityManager, at: Date) => Promise<boolean>): Promise<number> {
    let done = 0;
    const one = () =>
      this.db.transaction(clockwork, (tx) => {
        authorize(clockwork, 'case.follow_deadline', null);
        return work(tx, this.clock.now());
      });
    while (done < limit && (await one())) done += 1;
    return done;
  }
}

/** The draft whose time ends first, held; one that somebody is writing in is passed by and found by the next sweep. */
function next(tx: EntityManager, which: string, [before, ...values]: unknown[]): Promise<Draft | null> {
  return claimNext<Draft>(
    tx,
    `SELECT c.id, c.created_by AS "personId", d.due_at AS "dueAt" FROM deadlines d JOIN cases c ON c.id = d.case_id
     WHERE d.code = 'DRAFT_AUTODELETE' AND d.fired_at IS NULL AND d.cancelled_at IS NULL AND d.due_at < $1 AND c.state = 'DRAFT' AND ${which}
     ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
    [before, ...values],
  );
}
