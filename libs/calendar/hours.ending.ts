import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CaseEffects } from '#cases';
import type { Actor, CaseState } from '#contract';
import { Clock, Database, record } from '#platform';
import { scheduling } from '#times';

/** States in which mediation has ended, however it ended, or waits for another mediator. */
const ends: CaseState[] = ['CONSENTED', 'SETTLED_FULL', 'SETTLED_PARTIAL', 'TERMINATED', 'WITHDRAWN', 'CLOSED'];
const system: Actor = { id: null, role: 'system' };

/** What was planned ends with its case, in the same transaction; a proposal that nobody finished answering ends with its time. */
@Injectable()
export class HoursEnding implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly effects: CaseEffects,
  ) {}

  onModuleInit() {
    for (const state of ends) this.effects.on(state, (tx, actor, caseId) => this.callOff(tx, actor, caseId));
  }

  async callOff(tx: EntityManager, actor: Actor, caseId: string): Promise<void> {
    const at = this.clock.now();
    const called = (await tx.query(
      `SELECT DISTINCT ON (coalesce(series_id, meeting_id)) meeting_id AS "meetingId", starts_at AS "startsAt", series_id AS "seriesId"
       FROM call_off_hours($1, $2, $3) ORDER BY coalesce(series_id, meeting_id), starts_at`,
      [caseId, actor.id, at],
    )) as { meetingId: string; startsAt: Date; seriesId: string | null }[];
    for (const { meetingId, startsAt, seriesId } of called) {
      const data = { meetingId, startsAt: startsAt.toISOString(), ...(seriesId ? { seriesId, whole: true } : {}) };
      await record(tx, actor, { type: 'meeting.cancelled', caseId, at, data });
    }
  }

  /** Who has not answered is asked once more, when half of the time is over at the latest. The fact names nobody: whom it concerns is looked up when it is told. */
  nudgeSilent(): Promise<number> {
    return this.db.transaction(system, async (tx) => {
      const at = this.clock.now();
      const [waiting] = (await tx.query(
        `UPDATE proposals SET nudged_at = $1 WHERE closed_at IS NULL AND nudged_at IS NULL AND expires_at > $1
           AND created_at + least(make_interval(hours => $2), (expires_at - created_at) / 2) <= $1
         RETURNING id AS "proposalId", case_id AS "caseId"`,
        [at, scheduling.nudge_after_hours],
      )) as [{ proposalId: string; caseId: string }[], number];
      for (const { proposalId, caseId } of waiting.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1)))
        await record(tx, system, { type: 'meeting.nudged', caseId, at, data: { proposalId } });
      return waiting.length;
    });
  }

  /** For the worker's sweep. Returns how many proposals ran out. */
  expireDue(): Promise<number> {
    return this.db.transaction(system, async (tx) => {
      const [, expired] = (await tx.query(
        `UPDATE proposals SET closed_at = $1, outcome = 'expired' WHERE closed_at IS NULL AND expires_at <= $1`,
        [this.clock.now()],
      )) as [unknown, number];
      return expired;
    });
  }
}
