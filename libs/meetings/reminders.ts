import { Injectable } from '@nestjs/common';
import { Clock, Database, record } from '#platform';

/** How long before the hour each reminder goes out, and until when it still may: then the next one is due, or the meeting begins. */
export const reminders = [
  { kind: 'week', opens: '7 days', closes: '1 day' },
  { kind: 'day', opens: '1 day', closes: '1 hour' },
  { kind: 'hour', opens: '1 hour', closes: '0' },
] as const;

const system = { id: null, role: 'system' } as const;
const atOnce = 200;
type Due = { meetingId: string; caseId: string; kind: string; startsAt: Date };

/**
 * Rows that are swept. A reminder is one row by meeting, kind and hour, written with its fact: nothing is told twice, whoever was killed or
 * emptied in between, and a meeting that moved is reminded of at its new hour alone. An hour that was set when a reminder's time had
 * already come is not reminded of: the notice of the booking has just said it.
 */
@Injectable()
export class Reminders {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** For the worker's sweep. Returns how many reminders became facts. */
  async remindDue(): Promise<number> {
    let reminded = 0;
    for (let more = true; more;) {
      const { due, told } = await this.remindSome();
      reminded += told;
      more = due === atOnce;
    }
    return reminded;
  }

  /** Another worker may have told of one between this sweep's look and its lock: whose row stands first, tells. */
  private remindSome(): Promise<{ due: number; told: number }> {
    return this.db.transaction(system, async (tx) => {
      const at = this.clock.now();
      const due = (await tx.query(dueReminders, [at, JSON.stringify(reminders), atOnce])) as Due[];
      let told = 0;
      for (const { meetingId, caseId, kind, startsAt } of due) {
        const isFirst = ((await tx.query(remindOnce, [meetingId, kind, startsAt, at])) as object[]).length > 0;
        if (!isFirst) continue;
        told += 1;
        await record(tx, system, { type: 'meeting.reminded', caseId, at, data: { meetingId, kind, startsAt: startsAt.toISOString() } });
      }
      return { due: due.length, told };
    });
  }
}

const remindOnce =
  'INSERT INTO meeting_reminders (meeting_id, kind, starts_at, reminded_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1';

/** In ascending case id, as chain heads are locked; a row that another worker or a change of the meeting holds is left to the next sweep. */
const dueReminders = `
  SELECT m.id AS "meetingId", m.case_id AS "caseId", k.kind, lower(m.during) AS "startsAt"
  FROM meetings m JOIN jsonb_to_recordset($2::jsonb) AS k(kind text, opens interval, closes interval)
    ON lower(m.during) - k.opens <= $1 AND lower(m.during) - k.closes > $1
  WHERE m.cancelled_at IS NULL AND lower(m.during) > $1 AND lower(m.during) <= $1::timestamptz + interval '7 days'
    AND m.booked_at <= lower(m.during) - k.opens
    AND NOT EXISTS (SELECT 1 FROM meeting_reminders r WHERE r.meeting_id = m.id AND r.kind = k.kind AND r.starts_at = lower(m.during))
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.case_id = m.case_id AND e.type = 'meeting.moved' AND e.data->>'meetingId' = m.id::text
      AND e.at > lower(m.during) - k.opens)
  ORDER BY m.case_id, m.id LIMIT $3 FOR UPDATE OF m SKIP LOCKED
`;
