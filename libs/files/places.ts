import type { EntityManager } from 'typeorm';
import { authorize, type CaseSubject } from '#access';
import type { Actor, FilePurpose, Side, SignedIn, StartUpload } from '#contract';
import { DomainError, type KeyOf } from '#platform';

/** Where a file goes: a room, or a case with the side that adds it. */
export type Place = { purpose: FilePurpose; caseId: string | null; roomId: string | null; side: Side | null };

/** With this key a file's own key, and its name, are sealed. */
export const keyOfPlace = ({ roomId, caseId }: Pick<Place, 'roomId' | 'caseId'>): KeyOf =>
  roomId ? { scope: 'room', id: roomId } : { scope: 'case', id: caseId! };

/** The place, for who may add to it now; to everybody else it is not there. */
export const placeFor = (
  tx: EntityManager,
  actor: SignedIn,
  asked: Pick<StartUpload, 'purpose' | 'caseId' | 'roomId' | 'side'>,
): Promise<Place> => (asked.roomId ? inRoom(tx, actor, asked.roomId) : inCase(tx, actor, asked.caseId!, asked));

/** A room in which who asks may say something now; to who is not in it there is none. */
export async function inRoom(tx: EntityManager, actor: SignedIn, roomId: string): Promise<Place> {
  const [room] = (await tx.query(
    `SELECT r.case_id AS "caseId", r.state, ARRAY(SELECT m.person_id FROM room_members m WHERE m.room_id = r.id AND m.left_at IS NULL) AS members,
       EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = r.id AND m.person_id = $2 AND m.left_at IS NULL AND m.capacity = 'observer') AS observes
     FROM rooms r WHERE r.id = $1`,
    [roomId, actor.id],
  )) as { caseId: string | null; state: string; members: string[]; observes: boolean }[];
  if (!room) throw new DomainError('not_found');
  authorize(actor, 'room.post', { memberIds: room.members });
  if (room.observes) throw new DomainError('room.reading_only');
  if (room.state !== 'open') throw new DomainError(room.state === 'paused' ? 'room.paused' : 'room.closed');
  return { purpose: 'room', caseId: room.caseId, roomId, side: null };
}

type Row = CaseSubject & { state: string };

async function inCase(
  tx: EntityManager,
  actor: SignedIn,
  caseId: string,
  { purpose, side: named }: Pick<StartUpload, 'purpose' | 'side'>,
): Promise<Place> {
  const subject = await subjectOf(tx, caseId);
  // while it is written, all that belongs to an application is added by who writes it
  authorize(actor, purpose === 'power' && subject.state !== 'DRAFT' ? 'file.add_power' : 'file.add_to_application', subject);
  if (purpose === 'application' && subject.state !== 'DRAFT' && subject.state !== 'RETURNED')
    throw new DomainError('case.transition_forbidden', { state: subject.state });
  if (['CLOSED', 'ARCHIVED'].includes(subject.state)) throw new DomainError('case.transition_forbidden', { state: subject.state });
  const side = purpose === 'application' ? 'A' : actor.role === 'coordinator' ? (named ?? 'A') : sideOf(actor, subject);
  return { purpose, caseId, roomId: null, side };
}

const sideOf = ({ id }: Actor, { sideB }: CaseSubject): Side => (sideB.includes(id!) ? 'B' : 'A');

/** The case as its policies need it; nothing of it for who does not see it. */
async function subjectOf(tx: EntityManager, caseId: string): Promise<Row> {
  const [row] = (await tx.query(
    `SELECT c.state, CASE WHEN c.door = 'self' THEN c.created_by::text ELSE '' END AS "createdBy",
       CASE WHEN c.door <> 'self' AND c.state = 'DRAFT' THEN c.created_by END AS "writtenBy", c.mediator_id AS "mediatorId", NULL AS "offeredTo",
       ARRAY(SELECT person_id FROM parties WHERE case_id = c.id AND side = 'A' AND person_id IS NOT NULL) AS "sideA",
       ARRAY(SELECT person_id FROM parties WHERE case_id = c.id AND side = 'B' AND person_id IS NOT NULL) AS "sideB"
     FROM cases c WHERE c.id = $1`,
    [caseId],
  )) as Row[];
  if (!row) throw new DomainError('not_found');
  return row;
}
