import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { requireSignedIn } from '#access';
import type { Actor, MeetingAct, MeetingDay, MeetingsQuery, OwnMeeting, SignedIn } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';
import { findMeeting, type Known, lockMeeting, type Meeting } from './meeting.rows.js';
import { actsAt, silence } from './meeting.rules.js';
import { dayOf } from './meeting.view.js';

const longest = 184 * 24 * 3_600_000;
const system = { id: null, role: 'system' } as const;

/** The day of a meeting for those who take part: the waiting room, and a way to say that one can not come. */
@Injectable()
export class MeetingsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** One's own, of every case, soonest first. */
  async list(actor: Actor, query: MeetingsQuery): Promise<OwnMeeting[]> {
    requireSignedIn(actor);
    const { since, until } = spanOf(query);
    return this.db.transaction(actor, (tx) => ownMeetings(tx, actor, since, until));
  }

  show(actor: Actor, meetingId: string): Promise<MeetingDay> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => dayOf(tx, actor, await findMeeting(tx, actor, meetingId), this.clock.now()));
  }

  /** The page says, again and again, that somebody sits before it. Time counts while the meeting runs. */
  beHere(actor: Actor, meetingId: string): Promise<MeetingDay> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const known = await findMeeting(tx, actor, meetingId);
      if (actsAt(known.meeting, false, now).includes('wait')) await noteSeen(tx, actor, known.meeting, now);
      return dayOf(tx, actor, known, now);
    });
  }

  /**
   * "I cannot attend", said twice, is said once. Where nobody of that side is left, or the mediator is missing, the meeting is called off;
   * the others hear that it will not be, not who could not come.
   */
  excuse(actor: Actor, meetingId: string): Promise<MeetingDay> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const known = await lockMeeting(tx, actor, meetingId);
      if (!(await hasExcused(tx, actor, meetingId))) {
        requireAct(known, actor, 'excuse', now);
        await tx.query('INSERT INTO absences (meeting_id, case_id, person_id, told_at) VALUES ($1, $2, $3, $4)', [
          meetingId,
          known.meeting.caseId,
          actor.id,
          now,
        ]);
        await follow(tx, actor, known, now);
      }
      return dayOf(tx, actor, await findMeeting(tx, actor, meetingId), now);
    });
  }
}

/** Half a year at most, in one look. */
export function spanOf({ from, to }: MeetingsQuery) {
  const [since, until] = [new Date(from), new Date(to)];
  if (until <= since || until.getTime() - since.getTime() > longest) throw new DomainError('invalid', { fields: { to: 'invalid' } });
  return { since, until };
}

export function requireAct({ meeting, subject }: Known, actor: SignedIn, act: MeetingAct, at: Date) {
  const isMediator = actor.role === 'mediator' && actor.id === subject.mediatorId;
  if (actsAt(meeting, isMediator, at).includes(act)) return;
  const isOver = meeting.cancelled || meeting.outcome !== null || meeting.to <= at;
  throw new DomainError(isOver ? 'meeting.over' : 'meeting.not_now');
}

const hasExcused = async (tx: EntityManager, { id }: SignedIn, meetingId: string) =>
  ((await tx.query('SELECT 1 FROM absences WHERE meeting_id = $1 AND person_id = $2', [meetingId, id])) as unknown[]).length > 0;

async function follow(tx: EntityManager, actor: SignedIn, { meeting, subject }: Known, at: Date) {
  const { id: meetingId, caseId } = meeting;
  const side = actor.role === 'mediator' ? [actor.id] : [subject.sideA, subject.sideB].find((ids) => ids.includes(actor.id))!;
  const excused = (await tx.query('SELECT person_id AS id FROM absences WHERE meeting_id = $1', [meetingId])) as { id: string }[];
  const stands = side.some((id) => !excused.some((one) => one.id === id));
  const data = { meetingId, startsAt: meeting.from.toISOString() };
  await record(tx, actor, { type: 'meeting.absence_told', caseId, at, data: { ...data, stands } });
  if (stands) return;
  const [[row]] = (await tx.query('UPDATE meetings SET cancelled_at = $2, sequence = sequence + 1 WHERE id = $1 RETURNING sequence', [
    meetingId,
    at,
  ])) as [[{ sequence: number }], number];
  await tx.query('UPDATE bookings SET cancelled_at = $2 WHERE meeting_id = $1 AND cancelled_at IS NULL', [meetingId, at]);
  await record(tx, system, {
    type: 'meeting.cancelled',
    caseId,
    at,
    data: { ...data, endsAt: meeting.to.toISOString(), sequence: row.sequence },
  });
}

/** A gap longer than the silence is an absence; what ran before the first word of a page is not counted. */
const noteSeen = (tx: EntityManager, { id }: SignedIn, { id: meetingId, caseId, runningSince }: Meeting, at: Date) =>
  tx.query(
    `INSERT INTO attendances (meeting_id, case_id, person_id, last_seen_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (meeting_id, person_id) DO UPDATE SET last_seen_at = greatest(attendances.last_seen_at, excluded.last_seen_at),
       seconds = attendances.seconds + CASE
         WHEN $5::timestamptz IS NULL OR excluded.last_seen_at - attendances.last_seen_at > make_interval(secs => $6) THEN 0
         ELSE greatest(0, extract(epoch FROM excluded.last_seen_at - greatest(attendances.last_seen_at, $5::timestamptz)))::int END`,
    [meetingId, caseId, id, at, runningSince, silence],
  );

async function ownMeetings(tx: EntityManager, actor: SignedIn, from: Date, to: Date): Promise<OwnMeeting[]> {
  const rows = (await tx.query(
    `SELECT m.id, m.case_id AS "caseId", c.number, m.mode, r.name AS place, lower(m.during) AS "from", upper(m.during) AS "to"
     FROM bookings b JOIN meetings m ON m.id = b.meeting_id JOIN cases c ON c.id = m.case_id LEFT JOIN resources r ON r.id = m.place_id
     WHERE b.subject_id = $1 AND b.subject_kind = $4 AND b.cancelled_at IS NULL AND b.during && tstzrange($2, $3) AND m.cancelled_at IS NULL
     ORDER BY lower(m.during), m.id`,
    [actor.id, from, to, actor.role === 'mediator' ? 'mediator' : 'party'],
  )) as (Omit<OwnMeeting, 'from' | 'to'> & { from: Date; to: Date })[];
  return rows.map((row) => ({ ...row, from: row.from.toISOString(), to: row.to.toISOString() }));
}
