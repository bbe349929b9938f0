import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, EventType, MeetingAct, MeetingDay, RecordAttendance, SignedIn, SteerMeeting } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';
import { findMeeting, type Known, lockMeeting, type Meeting, ranBy, stateOf } from './meeting.rows.js';
import { dayOf } from './meeting.view.js';
import { requireAct } from './meetings.service.js';

/** How the mediator leads a meeting from one state to the next. A press that has had its effect has none again. */
const steps: Record<SteerMeeting['state'], { act: (from: string) => MeetingAct; fact: (from: string) => EventType }> = {
  running: {
    act: (from) => (from === 'paused' ? 'resume' : 'start'),
    fact: (from) => (from === 'paused' ? 'meeting.resumed' : 'meeting.started'),
  },
  paused: { act: () => 'pause', fact: () => 'meeting.paused' },
  held: { act: () => 'end', fact: () => 'meeting.ended' },
};

/** The mediator's part of the day: begin, pause, end; who was there and for how long. */
@Injectable()
export class AttendanceService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  steer(actor: Actor, meetingId: string, { state }: SteerMeeting): Promise<MeetingDay> {
    return this.led(actor, meetingId, async (tx, who, known, at) => {
      const from = stateOf(known.meeting);
      if (from === state) return;
      requireAct(known, who, steps[state].act(from), at);
      await writeCourse(tx, known.meeting, state, at);
      if (state === 'held') await countSeen(tx, known.meeting);
      await this.tell(tx, who, known.meeting, steps[state].fact(from), at);
    });
  }

  /** By hand: after a meeting by telephone or in person, to mend what the page counted, or to say that it did not come about. */
  record(actor: Actor, meetingId: string, { held, people }: RecordAttendance): Promise<MeetingDay> {
    return this.led(actor, meetingId, async (tx, who, known, at) => {
      const { meeting, subject } = known;
      requireAct(known, who, 'record', at);
      const ids = [...subject.sideA, ...subject.sideB, subject.mediatorId];
      if (people.some(({ personId }) => !ids.includes(personId.toLowerCase())))
        throw new DomainError('invalid', { fields: { people: 'invalid' } });
      if (held && at < meeting.from && !meeting.startedAt) throw new DomainError('meeting.not_now');
      const outcome = held ? 'held' : 'missed';
      if (meeting.outcome !== outcome) {
        await writeCourse(tx, meeting, outcome, at);
        await this.tell(tx, who, meeting, held ? 'meeting.ended' : 'meeting.missed', at);
      }
      for (const one of people) await writeDown(tx, meeting, one);
    });
  }

  private led(
    actor: Actor,
    meetingId: string,
    work: (tx: EntityManager, actor: SignedIn, known: Known, at: Date) => Promise<void>,
  ): Promise<MeetingDay> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const at = this.clock.now();
      const known = await lockMeeting(tx, actor, meetingId);
      authorize(actor, 'meeting.lead', known.subject);
      await work(tx, actor, known, at);
      return dayOf(tx, actor, await findMeeting(tx, actor, meetingId), at);
    });
  }

  private tell = (tx: EntityManager, actor: SignedIn, { id, caseId, from }: Meeting, type: EventType, at: Date) =>
    record(tx, actor, { type, caseId, at, data: { meetingId: id, startsAt: from.toISOString() } });
}

/** A meeting written down by hand began at its hour; one that did not come about did not run. */
function writeCourse(tx: EntityManager, meeting: Meeting, state: SteerMeeting['state'] | 'missed', at: Date) {
  const isOver = state === 'held' || state === 'missed';
  const startedAt = state === 'missed' ? meeting.startedAt : (meeting.startedAt ?? (isOver ? meeting.from : at));
  return tx.query(
    `INSERT INTO meeting_courses (meeting_id, case_id, started_at, running_since, ran_seconds, ended_at, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (meeting_id) DO UPDATE SET started_at = $3, running_since = $4, ran_seconds = $5, ended_at = $6, outcome = $7`,
    [
      meeting.id,
      meeting.caseId,
      startedAt,
      state === 'running' ? at : null,
      ranBy(meeting, at),
      isOver ? (meeting.endedAt ?? at) : null,
      isOver ? state : null,
    ],
  );
}

/** At the end of a meeting online, whoever was seen while it ran was there; the mediator may say otherwise. */
const countSeen = (tx: EntityManager, { id }: Meeting) =>
  tx.query(
    `UPDATE attendances SET attended = true, minutes = greatest(1, round(seconds / 60.0))::int WHERE meeting_id = $1 AND seconds > 0 AND attended IS NULL`,
    [id],
  );

const writeDown = (tx: EntityManager, { id, caseId }: Meeting, { personId, attended, minutes }: RecordAttendance['people'][number]) =>
  tx.query(
    `INSERT INTO attendances (meeting_id, case_id, person_id, attended, minutes) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (meeting_id, person_id) DO UPDATE SET attended = excluded.attended, minutes = excluded.minutes`,
    [id, caseId, personId, attended, attended ? minutes : null],
  );
