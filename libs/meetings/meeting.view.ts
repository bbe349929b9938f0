import type { EntityManager } from 'typeorm';
import type { Attendee, MeetingDay, Side, SignedIn } from '#contract';
import type { Known } from './meeting.rows.js';
import { ranBy, stateOf } from './meeting.rows.js';
import { actsAt, missedFree, opensAt, silence } from './meeting.rules.js';

type Row = {
  personId: string;
  name: string;
  side: Side | null;
  lastSeenAt: Date | null;
  excused: boolean;
  attended: boolean | null;
  minutes: number | null;
  seconds: number;
};

/** What one participant sees of a meeting's day. The other side is not left out by the page: it is not in the reply. */
export async function dayOf(tx: EntityManager, actor: SignedIn, { meeting, found, subject }: Known, at: Date): Promise<MeetingDay> {
  const isMediator = actor.id === subject.mediatorId && actor.role === 'mediator';
  const people = await peopleOf(tx, meeting.id, meeting.caseId);
  const ownSide = people.find(({ personId, side }) => side && personId === actor.id)?.side ?? null;
  const state = stateOf(meeting);
  return {
    id: meeting.id,
    caseId: meeting.caseId,
    number: found.number,
    mode: meeting.mode,
    place: meeting.place,
    from: meeting.from.toISOString(),
    to: meeting.to.toISOString(),
    state,
    viewerIs: isMediator ? 'mediator' : 'party',
    startedAt: meeting.startedAt?.toISOString() ?? null,
    endedAt: meeting.endedAt?.toISOString() ?? null,
    minutes: Math.round(ranBy(meeting, at) / 60),
    opensAt: opensAt(meeting).toISOString(),
    people: people.filter(({ side }) => isMediator || side === null || side === ownSide).map((row) => attendeeOf(row, actor, at)),
    actions: actsAt(meeting, isMediator, at),
    againFree: state === 'missed' && (await missedBefore(tx, meeting.caseId, meeting.from)) < missedFree,
  };
}

function attendeeOf({ personId, name, side, lastSeenAt, excused, attended, minutes, seconds }: Row, actor: SignedIn, at: Date): Attendee {
  return {
    personId,
    name,
    side,
    isViewer: personId === actor.id,
    here: lastSeenAt !== null && at.getTime() - lastSeenAt.getTime() <= silence * 1000,
    excused,
    attended,
    minutes: minutes ?? (seconds > 0 ? Math.max(1, Math.round(seconds / 60)) : null),
  };
}

const peopleOf = async (tx: EntityManager, meetingId: string, caseId: string) =>
  (await tx.query(
    `SELECT w."personId", w.name, w.side, a.last_seen_at AS "lastSeenAt", b.person_id IS NOT NULL AS excused, a.attended, a.minutes,
       coalesce(a.seconds, 0) AS seconds
     FROM (
       SELECT p.person_id AS "personId",
         string_agg(coalesce(p.organisation, concat_ws(' ', p.surname, p.given, nullif(p.patronymic, ''))), ', ' ORDER BY p.ordinal) AS name, p.side,
         p.side || lpad(min(p.ordinal)::text, 3, '0') AS place
       FROM parties p WHERE p.case_id = $2 AND p.person_id IS NOT NULL GROUP BY p.person_id, p.side
       UNION ALL
       SELECT q.id, concat_ws(' ', q.surname, q.given, nullif(q.patronymic, '')), NULL, ''
       FROM cases c JOIN persons q ON q.id = c.mediator_id WHERE c.id = $2
     ) w LEFT JOIN attendances a ON a.meeting_id = $1 AND a.person_id = w."personId"
     LEFT JOIN absences b ON b.meeting_id = $1 AND b.person_id = w."personId" ORDER BY w.place`,
    [meetingId, caseId],
  )) as Row[];

async function missedBefore(tx: EntityManager, caseId: string, from: Date): Promise<number> {
  const [{ missed }] = (await tx.query(
    `SELECT count(*)::int AS missed FROM meeting_courses c JOIN meetings m ON m.id = c.meeting_id
     WHERE c.case_id = $1 AND c.outcome = 'missed' AND lower(m.during) < $2`,
    [caseId, from],
  )) as [{ missed: number }];
  return missed;
}
