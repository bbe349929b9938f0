import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Smaller rooms where a side has several parties: the mediator chooses who is in one, and that does not grow afterwards, so that nobody
 * reads what was said before he came. Private to a side if all in it are of one side. Whoever leaves it, leaves it at once.
 */
export class SubRooms implements MigrationInterface {
  name = 'SubRooms1764000000060';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE FUNCTION open_sub_room(room uuid, of_case uuid, persons uuid[], at timestamptz) RETURNS text
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE found record; sides text[]; chosen integer; whole integer;
      BEGIN
        SELECT c.mediator_id, c.state, c.shuttle INTO found FROM cases c WHERE c.id = of_case;
        IF current_office() IS DISTINCT FROM 'mediator' OR found.mediator_id IS DISTINCT FROM current_person() THEN RETURN 'not_found'; END IF;
        IF NOT case_is_live(found.state) THEN RETURN 'room.closed'; END IF;
        IF EXISTS (SELECT 1 FROM rooms r WHERE r.id = room AND r.case_id = of_case AND r.kind = 'sub') THEN RETURN 'repeated'; END IF;
        SELECT array_agg(DISTINCT p.side), count(*) INTO sides, chosen FROM parties p WHERE p.case_id = of_case AND p.person_id = ANY (persons);
        IF chosen = 0 OR chosen <> (SELECT count(DISTINCT x) FROM unnest(persons) x) THEN RETURN 'not_found'; END IF;
        SELECT count(*) INTO whole FROM parties p WHERE p.case_id = of_case AND p.person_id IS NOT NULL AND p.side = ANY (sides);
        IF chosen = whole THEN RETURN 'conflict'; END IF; -- these have a room of their own already
        IF cardinality(sides) > 1 AND found.shuttle IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM rooms r WHERE r.case_id = of_case AND r.kind = 'joint' AND r.closed_at IS NULL) THEN RETURN 'room.kept_apart'; END IF;
        INSERT INTO rooms (id, case_id, kind, side, opened_at) VALUES (room, of_case, 'sub', CASE WHEN cardinality(sides) = 1 THEN sides[1] END, at);
        INSERT INTO room_members (room_id, person_id, capacity, side, joined_at)
          SELECT room, found.mediator_id, 'mediator', NULL, at
          UNION ALL SELECT room, p.person_id, 'party', p.side, at FROM parties p WHERE p.case_id = of_case AND p.person_id = ANY (persons);
        PERFORM seat_guests(of_case, at);
        RETURN 'opened';
      END $$;
      -- By the mediator, or by whoever goes; a room that nobody of the parties is left in is closed.
      CREATE FUNCTION leave_sub_room(room uuid, person uuid, at timestamptz) RETURNS text
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NOT (moderates_room(room) OR person IS NOT DISTINCT FROM current_person() AND reads_room(room)) THEN RETURN 'not_found'; END IF;
        PERFORM 1 FROM rooms r WHERE r.id = room AND r.kind = 'sub' FOR UPDATE;
        IF NOT FOUND THEN RETURN 'not_found'; END IF;
        UPDATE room_members m SET left_at = greatest(at, m.joined_at) WHERE m.room_id = room AND m.person_id = person AND m.left_at IS NULL AND m.capacity = 'party';
        IF NOT FOUND THEN RETURN 'not_found'; END IF;
        IF NOT EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room AND m.capacity = 'party' AND m.left_at IS NULL) THEN
          UPDATE rooms r SET state = 'read_only', closed_at = coalesce(r.closed_at, at) WHERE r.id = room;
        END IF;
        RETURN 'done';
      END $$;
      ALTER FUNCTION open_sub_room(uuid, uuid, uuid[], timestamptz) OWNER TO cabinet_writer;
      ALTER FUNCTION leave_sub_room(uuid, uuid, timestamptz) OWNER TO cabinet_writer;
      GRANT EXECUTE ON FUNCTION open_sub_room(uuid, uuid, uuid[], timestamptz), leave_sub_room(uuid, uuid, timestamptz) TO cabinet_app;
    `);
  }

  async down(db: QueryRunner) {
    await db.query('DROP FUNCTION open_sub_room(uuid, uuid, uuid[], timestamptz); DROP FUNCTION leave_sub_room(uuid, uuid, timestamptz);');
  }
}
