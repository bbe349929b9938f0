import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A second mediator whom a side has not let into its private room: a new, empty one opens for that side, its mediator and him, and what was
 * said before stays where it is, unread. It closes when he goes; should he be let in again, another one opens.
 */
export class BesideRooms implements MigrationInterface {
  name = 'BesideRooms1764000000076';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE rooms ADD beside uuid CONSTRAINT rooms_beside REFERENCES guests,
        ADD CONSTRAINT rooms_beside_is_of_a_side CHECK (beside IS NULL OR (kind = 'sub' AND side IS NOT NULL));
      CREATE UNIQUE INDEX rooms_one_beside ON rooms (beside, side) WHERE closed_at IS NULL;
      CREATE FUNCTION guest_is_agreed(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT EXISTS (SELECT 1 FROM guests g JOIN cases c ON c.id = g.case_id AND case_is_live(c.state) WHERE g.id = which AND g.pledged_at IS NOT NULL AND g.ended_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = g.case_id AND p.person_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM guest_answers a WHERE a.guest_id = which AND a.person_id = p.person_id AND a.agrees))) $$;
      ALTER FUNCTION guest_is_agreed(uuid) OWNER TO cabinet_writer;
      GRANT EXECUTE ON FUNCTION time_ordered_id(timestamptz) TO cabinet_writer;
      ${seatGuest}
      ${open}`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION open_beside(uuid, timestamptz); ${seatGuestBefore} DROP FUNCTION guest_is_agreed(uuid);
      DROP INDEX rooms_one_beside; ALTER TABLE rooms DROP COLUMN beside; REVOKE EXECUTE ON FUNCTION time_ordered_id(timestamptz) FROM cabinet_writer;`);
  }
}

/** Where a guest sits follows from the pledge and the answers alone. Rooms are locked in the order of post_messages; whoever calls holds the guest. */
const seating = ({ agreed, room, fits, unseated }: Record<'agreed' | 'room' | 'fits' | 'unseated', string>) => `
  CREATE OR REPLACE FUNCTION seat_guest(which uuid, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE guest guests%ROWTYPE; room record; agreed boolean; fits boolean; sits boolean;
  BEGIN
    SELECT * INTO guest FROM guests g WHERE g.id = which;
    IF guest.person_id IS NULL THEN RETURN; END IF;
    PERFORM 1 FROM rooms r WHERE r.case_id = guest.case_id ORDER BY r.id FOR UPDATE;
    agreed := ${agreed};
    FOR room IN SELECT ${room} FROM rooms r WHERE r.case_id = guest.case_id ORDER BY r.id LOOP
      sits := EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room.id AND m.person_id = guest.person_id AND m.left_at IS NULL AND m.capacity = guest.capacity);
      fits := agreed AND (room.closed_at IS NULL OR sits) AND (room.kind = 'joint' ${fits} OR NOT EXISTS (SELECT 1 FROM room_members m
        WHERE m.room_id = room.id AND m.left_at IS NULL AND m.capacity = 'party'
          AND NOT EXISTS (SELECT 1 FROM guest_answers a WHERE a.guest_id = which AND a.person_id = m.person_id AND a.own)));
      IF sits AND NOT fits THEN
        UPDATE room_members m SET left_at = greatest(at, m.joined_at) WHERE m.room_id = room.id AND m.person_id = guest.person_id AND m.left_at IS NULL;
        ${unseated}
      ELSIF fits AND NOT sits AND NOT is_member(room.id, guest.person_id) THEN
        INSERT INTO room_members (room_id, person_id, capacity, joined_at)
          SELECT room.id, guest.person_id, guest.capacity, greatest(at, max(m.joined_at) + interval '1 microsecond')
          FROM room_members m WHERE m.room_id = room.id AND m.person_id = guest.person_id;
      END IF;
    END LOOP;
  END $$;`;

const seatGuest = seating({
  agreed: 'guest_is_agreed(which)',
  room: 'r.id, r.kind, r.closed_at, r.beside',
  fits: 'OR room.beside IS NOT DISTINCT FROM which',
  unseated: `IF room.beside = which THEN UPDATE rooms r SET state = 'read_only', closed_at = coalesce(r.closed_at, at) WHERE r.id = room.id; END IF;`,
});

const seatGuestBefore = seating({
  agreed: `guest.ended_at IS NULL AND EXISTS (SELECT 1 FROM cases c WHERE c.id = guest.case_id AND case_is_live(c.state))
      AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = guest.case_id AND p.person_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM guest_answers a WHERE a.guest_id = which AND a.person_id = p.person_id AND a.agrees))`,
  room: 'r.id, r.kind, r.closed_at',
  fits: '',
  unseated: '',
});

const open = `
  -- After an answer or a pledge, in its transaction, which holds the guest; whoever may answer or pledge may ask. Returns the rooms made: each needs a key.
  CREATE FUNCTION open_beside(which uuid, at timestamptz) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE guest guests%ROWTYPE; caucus record; made uuid;
  BEGIN
    SELECT * INTO guest FROM guests g WHERE g.id = which AND g.capacity = 'co_mediator';
    IF guest.id IS NULL OR NOT guest_is_agreed(which) OR NOT (guest.person_id = current_person() AND current_office() = 'mediator'
      OR current_office() = 'citizen' AND EXISTS (SELECT 1 FROM parties p WHERE p.case_id = guest.case_id AND p.person_id = current_person())) THEN RETURN; END IF;
    FOR caucus IN SELECT r.id, r.side FROM rooms r WHERE r.case_id = guest.case_id AND r.kind = 'caucus' AND r.closed_at IS NULL AND NOT is_member(r.id, guest.person_id)
        AND NOT EXISTS (SELECT 1 FROM rooms b WHERE b.beside = which AND b.side = r.side AND b.closed_at IS NULL) ORDER BY r.side LOOP
      made := time_ordered_id(at);
      INSERT INTO rooms (id, case_id, kind, side, opened_at, beside) VALUES (made, guest.case_id, 'sub', caucus.side, at, which);
      INSERT INTO room_members (room_id, person_id, capacity, side, joined_at)
        SELECT made, m.person_id, m.capacity, m.side, at FROM room_members m WHERE m.room_id = caucus.id AND m.left_at IS NULL AND m.capacity IN ('mediator', 'party')
        UNION ALL SELECT made, guest.person_id, guest.capacity, NULL, at;
      RETURN NEXT made;
    END LOOP;
  END $$;
  ALTER FUNCTION open_beside(uuid, timestamptz) OWNER TO cabinet_writer;
  GRANT EXECUTE ON FUNCTION open_beside(uuid, timestamptz) TO cabinet_app;
`;
