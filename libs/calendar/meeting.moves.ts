import type { EntityManager } from 'typeorm';
import type { MoveGround, SignedIn } from '#contract';
import { DomainError, type Fact, newId, record } from '#platform';
import { scheduling } from '#times';

type Asked = { meetingId: string; caseId: string; ground: MoveGround; at: Date };
type Row = { caseId: string; startsAt: Date; endsAt: Date; cancelled: boolean };

export async function findMeeting(tx: EntityManager, id: string): Promise<Row> {
  const [row] = (await tx.query(
    `SELECT case_id AS "caseId", lower(during) AS "startsAt", upper(during) AS "endsAt", cancelled_at IS NOT NULL AS cancelled FROM meetings WHERE id = $1`,
    [id],
  )) as Row[];
  if (!row) throw new DomainError('not_found');
  return row;
}

/** A coming meeting of this case may be asked to move; by a party so often and no oftener. The mediator answers for his own. */
export async function requireMoves(tx: EntityManager, { id, role }: SignedIn, { meetingId, caseId, at }: Omit<Asked, 'ground'>) {
  const meeting = await findMeeting(tx, meetingId);
  if (meeting.caseId !== caseId) throw new DomainError('not_found');
  if (meeting.cancelled) throw new DomainError('meeting.expired');
  if (meeting.startsAt <= at) throw new DomainError('meeting.in_past');
  if (role !== 'mediator' && (await movesOf(tx, id, meetingId)) >= scheduling.moves_per_meeting)
    throw new DomainError('meeting.moves_used_up');
}

export async function requireCancels(tx: EntityManager, { id, role }: SignedIn, caseId: string) {
  const [{ n }] = (await tx.query(`SELECT ${countCancels('$1', '$2')} AS n`, [caseId, id])) as [{ n: number }];
  if (role !== 'mediator' && n >= scheduling.cancels_per_case) throw new DomainError('meeting.moves_used_up');
}

/** Moves that came about; one that was asked for and declined costs nothing. */
export async function movesOf(tx: EntityManager, personId: string, meetingId: string): Promise<number> {
  const [{ n }] = (await tx.query(`SELECT ${countMoves('$1', '$2')} AS n`, [meetingId, personId])) as [{ n: number }];
  return n;
}

export const countMoves = (meeting: string, person: string) =>
  `(SELECT count(*)::int FROM meeting_moves v JOIN proposals w ON w.id = v.proposal_id
     WHERE v.meeting_id = ${meeting} AND v.person_id = ${person} AND w.outcome = 'booked')`;

export const countCancels = (caseId: string, person: string) =>
  `(SELECT count(*)::int FROM meeting_moves v WHERE v.case_id = ${caseId} AND v.person_id = ${person} AND v.what = 'cancelled')`;

export const askToMove = (tx: EntityManager, actor: SignedIn, asked: Asked & { proposalId: string }) =>
  note(tx, actor, 'moved', asked, asked.proposalId);

/**
 * What was planned is given back in this transaction: one meeting, or all that are still to come of its series, told as one thing. The ground
 * is for the mediator; the others hear that it is off.
 */
export async function callOff(tx: EntityManager, actor: SignedIn, asked: Asked & { series: boolean }) {
  const { meetingId, caseId, at, series } = asked;
  await note(tx, actor, 'cancelled', asked, null);
  const [rows] = (await tx.query(
    `UPDATE meetings m SET cancelled_at = $2, cancelled_by = $3, sequence = m.sequence + 1 FROM meetings named
     WHERE named.id = $1 AND m.cancelled_at IS NULL AND lower(m.during) > $2 AND (m.id = $1 OR ($4 AND m.series_id = named.series_id))
     RETURNING m.id, m.series_id AS "seriesId", m.sequence, lower(m.during) AS "startsAt", upper(m.during) AS "endsAt"`,
    [meetingId, at, actor.id, series],
  )) as [{ id: string; seriesId: string | null; sequence: number; startsAt: Date; endsAt: Date }[], number];
  await tx.query('UPDATE bookings SET cancelled_at = $2 WHERE meeting_id = ANY($1) AND cancelled_at IS NULL', [
    rows.map(({ id }) => id),
    at,
  ]);
  const { seriesId, sequence, startsAt, endsAt } = rows.find(({ id }) => id === meetingId)!;
  const whole: Fact['data'] = series && seriesId ? { seriesId, whole: true } : {};
  const data = { meetingId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), sequence, ...whole };
  await record(tx, actor, { type: 'meeting.cancelled', caseId, at, data });
}

const note = (
  tx: EntityManager,
  { id }: SignedIn,
  what: 'moved' | 'cancelled',
  { meetingId, caseId, ground, at }: Asked,
  proposalId: string | null,
) =>
  tx.query(
    `INSERT INTO meeting_moves (id, meeting_id, case_id, person_id, what, ground, from_during, at, proposal_id)
     SELECT $1, m.id, $3, $4, $5, $6, m.during, $7, $8 FROM meetings m WHERE m.id = $2`,
    [newId(), meetingId, caseId, id, what, ground, at, proposalId],
  );
