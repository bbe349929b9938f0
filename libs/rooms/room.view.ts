import type { EntityManager } from 'typeorm';
import type { Actor, RoomView } from '#contract';
import { can } from '#access';

type Row = Omit<RoomView, 'lastSeq' | 'readSeq' | 'unread' | 'mayPost' | 'mayModerate'> & {
  lastSeq: string;
  readSeq: string;
  unread: string;
  isModerator: boolean;
  mayWrite: boolean;
};

/**
 * Rooms as a member sees them; row-level security leaves nothing of the others. Unread is what others wrote after one's mark.
 * A member goes by his name; the signatory of an organisation by its name and his own.
 */
const sql = `
  SELECT r.id, r.case_id AS "caseId", r.kind, r.side, r.state, r.last_seq AS "lastSeq", coalesce(k.seq, 0) AS "readSeq",
    (SELECT count(*) FROM messages x WHERE x.room_id = r.id AND x.seq > coalesce(k.seq, 0) AND x.author_id <> current_person()) AS unread,
    r.slow_seconds AS "slowSeconds", r.closed_at IS NOT NULL AS "isClosed", moderates_room(r.id) AS "isModerator",
    EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = r.id AND m.person_id = current_person() AND m.left_at IS NULL
      AND m.capacity <> 'observer' AND (m.muted_until IS NULL OR m.muted_until <= $2)) AS "mayWrite",
    (SELECT jsonb_build_object('mediatorId', c.mediator_id, 'name', concat_ws(' ', p.surname, p.given, nullif(p.patronymic, '')), 'agrees', h.agrees)
      FROM cases c JOIN persons p ON p.id = c.mediator_id LEFT JOIN room_handovers h ON h.room_id = r.id AND h.person_id = current_person() AND h.mediator_id = c.mediator_id
      WHERE c.id = r.case_id AND r.kind <> 'joint' AND current_office() = 'citizen' AND NOT is_member(r.id, c.mediator_id)
        AND EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = r.id AND m.person_id = current_person() AND m.left_at IS NULL AND m.capacity = 'party')) AS handover,
    (SELECT jsonb_agg(jsonb_build_object('personId', m.person_id, 'capacity', m.capacity, 'side', m.side,
        'isMuted', coalesce(m.muted_until > $2, false) AND (m.person_id = current_person() OR moderates_room(r.id)),
        'name', concat_ws(', ', y.organisation, concat_ws(' ', p.surname, p.given, nullif(p.patronymic, '')))) ORDER BY m.side NULLS FIRST, m.joined_at, m.person_id)
      FROM room_members m JOIN persons p ON p.id = m.person_id
      LEFT JOIN LATERAL (SELECT string_agg(o.organisation, ', ' ORDER BY o.ordinal) AS organisation FROM parties o
        WHERE o.case_id = r.case_id AND o.person_id = m.person_id AND o.kind = 'organisation') y ON true
      WHERE m.room_id = r.id AND m.left_at IS NULL) AS members
  FROM rooms r LEFT JOIN read_marks k ON k.room_id = r.id AND k.person_id = current_person()`;

export const roomsOfCase = async (tx: EntityManager, actor: Actor, caseId: string, at: Date): Promise<RoomView[]> =>
  toViews(
    await tx.query(
      `${sql} WHERE r.case_id = $1 ORDER BY array_position(ARRAY['joint', 'caucus', 'sub'], r.kind), r.closed_at IS NOT NULL, r.side, r.opened_at`,
      [caseId, at],
    ),
    actor,
  );

export const roomById = async (tx: EntityManager, actor: Actor, roomId: string, at: Date): Promise<RoomView | undefined> =>
  toViews(await tx.query(`${sql} WHERE r.id = $1`, [roomId, at]), actor)[0];

function toViews(rows: Row[], actor: Actor): RoomView[] {
  return rows
    .map(({ lastSeq, readSeq, unread, isModerator, mayWrite, ...row }) => ({
      ...row,
      lastSeq: Number(lastSeq),
      readSeq: Number(readSeq),
      unread: Number(unread),
      mayPost: row.state === 'open' && mayWrite && can(actor, 'room.post', subjectOf(row)),
      mayModerate: isModerator,
    }))
    .filter((room) => can(actor, 'room.read', subjectOf(room)));
}

const subjectOf = ({ members }: Pick<RoomView, 'members'>) => ({ memberIds: members.map(({ personId }) => personId) });
