import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, policies as first, type Policy } from './0009-policies.js';

/** Whoever has shown a code reads and answers all that it is for. */
const shown = `current_invitation() IN (id, with_id) OR (current_office() = 'coordinator' AND sees_case(case_id)) OR is_own_invitation(party_id)`;
export const policies: Policy[] = [
  ['invitations', 'app_reads', 'SELECT', 'cabinet_app', shown],
  ['invitations', 'app_answers', 'UPDATE', 'cabinet_app', shown, 'true'],
];
const anew = (wanted: Policy[]) => wanted.map((policy) => `DROP POLICY ${policy[1]} ON ${policy[0]}; ${createPolicy(policy)};`).join('\n');

/**
 * One person acts for several parties of one side. A party stays one principal with its own power of attorney, consent and signature;
 * the person has one seat in each room, and one invitation lists all who may be reached by his contact. Nobody is of both sides.
 */
export class CommonRepresentative implements MigrationInterface {
  name = 'CommonRepresentative1764000000132';

  async up(db: QueryRunner) {
    await db.query(`
      DROP INDEX parties_one_side_a_case;
      ALTER TABLE parties ADD CONSTRAINT parties_one_side_a_case
        EXCLUDE USING gist (case_id WITH =, person_id WITH =, side WITH <>) WHERE (person_id IS NOT NULL);
      -- For himself nobody stands twice: each of his parties but one names as what he acts for it.
      CREATE UNIQUE INDEX parties_once_for_oneself ON parties (case_id, person_id) WHERE person_id IS NOT NULL AND representative_kind IS NULL;
      ALTER TABLE parties ADD COLUMN attorney_ended_at timestamptz;

      ALTER TABLE confirmations DROP CONSTRAINT confirmations_pk,
        ADD CONSTRAINT confirmations_once UNIQUE NULLS NOT DISTINCT (paper_id, person_id, party_id);
      CREATE UNIQUE INDEX confirmations_one_a_party ON confirmations (paper_id, party_id) WHERE party_id IS NOT NULL;

      -- The invitation whose code answers for this one too: the same side, the same contact.
      ALTER TABLE invitations ADD COLUMN with_id uuid CONSTRAINT invitations_with REFERENCES invitations,
        ALTER COLUMN code_hash DROP NOT NULL, ADD CONSTRAINT invitations_one_code CHECK ((with_id IS NULL) = (code_hash IS NOT NULL));
      CREATE INDEX invitations_by_bearer ON invitations (with_id) WHERE with_id IS NOT NULL;
      CREATE FUNCTION invite_one_side() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM invitations i JOIN parties b ON b.id = i.party_id JOIN parties p ON p.id = NEW.party_id
            WHERE i.id = NEW.with_id AND i.with_id IS NULL AND i.case_id = NEW.case_id AND p.case_id = NEW.case_id AND p.side = b.side) THEN
          RAISE EXCEPTION 'one invitation, one side' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      GRANT SELECT (with_id) ON invitations TO cabinet_guard;
      CREATE TRIGGER invitations_one_side BEFORE INSERT OR UPDATE OF with_id, party_id, case_id ON invitations FOR EACH ROW
        WHEN (NEW.with_id IS NOT NULL) EXECUTE FUNCTION invite_one_side();
      ALTER FUNCTION invite_one_side() OWNER TO cabinet_guard;
      ${anew(policies)}

      -- Whoever is no party of the case any more has no party's seat in its rooms: what he came for has ended.
      CREATE FUNCTION leave_seats(of_case uuid, person uuid, at timestamptz) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NOT (person IS NOT DISTINCT FROM current_person() OR current_office() = 'coordinator' AND sees_case(of_case)) THEN RETURN; END IF;
        IF EXISTS (SELECT 1 FROM parties p WHERE p.case_id = of_case AND p.person_id = person) THEN RETURN; END IF;
        PERFORM 1 FROM rooms r WHERE r.case_id = of_case ORDER BY r.id FOR UPDATE; -- in the order of post_messages, or the two deadlock
        UPDATE room_members m SET left_at = greatest(at, m.joined_at) FROM rooms r
          WHERE r.id = m.room_id AND r.case_id = of_case AND m.person_id = person AND m.capacity = 'party' AND m.left_at IS NULL;
      END $$;
      GRANT EXECUTE ON FUNCTION sees_case(uuid) TO cabinet_writer;
      ALTER FUNCTION leave_seats(uuid, uuid, timestamptz) OWNER TO cabinet_writer;
      GRANT EXECUTE ON FUNCTION leave_seats(uuid, uuid, timestamptz) TO cabinet_app;
    `);
    await db.query(seating('DISTINCT') + times('DISTINCT'));
  }

  async down(db: QueryRunner) {
    await db.query(seating('') + times(''));
    await db.query(`
      DROP FUNCTION leave_seats(uuid, uuid, timestamptz); REVOKE EXECUTE ON FUNCTION sees_case(uuid) FROM cabinet_writer;
      ${anew(first.filter(([table, name]) => table === 'invitations' && policies.some((policy) => policy[0] === table && policy[1] === name)))}
      DROP TRIGGER invitations_one_side ON invitations; DROP FUNCTION invite_one_side();
      DELETE FROM invitations WHERE with_id IS NOT NULL;
      ALTER TABLE invitations DROP CONSTRAINT invitations_one_code, DROP COLUMN with_id, ALTER COLUMN code_hash SET NOT NULL;
      DROP INDEX confirmations_one_a_party;
      ALTER TABLE confirmations DROP CONSTRAINT confirmations_once, ADD CONSTRAINT confirmations_pk PRIMARY KEY (paper_id, person_id);
      ALTER TABLE parties DROP COLUMN attorney_ended_at;
      DROP INDEX parties_once_for_oneself;
      ALTER TABLE parties DROP CONSTRAINT parties_one_side_a_case;
      CREATE UNIQUE INDEX parties_one_side_a_case ON parties (case_id, person_id) WHERE person_id IS NOT NULL;`);
  }
}

/** When the people of a case can (0040): each once. */
const times = (once: 'DISTINCT' | '') => `
  CREATE OR REPLACE FUNCTION times_of(which uuid)
  RETURNS TABLE (person_id uuid, side text, weekly jsonb, modes text[], buffer_minutes integer, daily_limit integer, zone text, unavailable jsonb, picks jsonb, needs_sealed bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH allowed AS (SELECT c.id, c.mediator_id FROM cases c WHERE c.id = which
      AND (is_participant(which) OR (current_office() = 'coordinator' AND sees_case(which))))
    SELECT a.mediator_id, NULL, coalesce(h.weekly, nullif(m.weekly, '[]')), h.modes, h.buffer_minutes, h.daily_limit, NULL, NULL::jsonb, NULL::jsonb, NULL::bytea
      FROM allowed a JOIN mediators m ON m.person_id = a.mediator_id LEFT JOIN mediator_hours h ON h.person_id = a.mediator_id
    UNION ALL
    (SELECT ${once} p.person_id, p.side, NULL::jsonb, NULL::text[], NULL::integer, NULL::integer, v.zone, v.unavailable, v.picks, v.needs_sealed
      FROM allowed a JOIN parties p ON p.case_id = a.id LEFT JOIN availabilities v ON v.person_id = p.person_id WHERE p.person_id IS NOT NULL) $$;`;

/** The openings of rooms (0027, 0060, 0061): a member a person, however many he acts for. `counted`: DISTINCT. */
const seating = (counted: 'DISTINCT' | '') => `
  CREATE OR REPLACE FUNCTION open_rooms(which uuid, joint uuid, caucus_a uuid, caucus_b uuid, at timestamptz)
  RETURNS TABLE (room_id uuid) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  #variable_conflict use_column
  DECLARE found record; old record; made uuid[];
  BEGIN
    SELECT c.id, c.state, c.shuttle, c.mediator_id INTO found FROM cases c WHERE c.id = which;
    IF found.id IS NULL OR NOT case_is_live(found.state) THEN RAISE EXCEPTION 'mediation has not begun' USING ERRCODE = 'restrict_violation'; END IF;
    PERFORM 1 FROM rooms r WHERE r.case_id = which ORDER BY r.id FOR UPDATE;
    FOR old IN SELECT r.id, r.kind FROM rooms r WHERE r.case_id = which AND r.closed_at IS NULL ORDER BY r.id LOOP
      IF NOT seat_mediator(old.id, found.mediator_id, at) THEN
        UPDATE rooms r SET state = 'read_only', closed_at = at WHERE r.id = old.id;
      END IF;
    END LOOP;
    INSERT INTO rooms (id, case_id, kind, side, opened_at)
      SELECT * FROM (VALUES (joint, which, 'joint', NULL, at), (caucus_a, which, 'caucus', 'A', at), (caucus_b, which, 'caucus', 'B', at)) v(id, case_id, kind, side, at)
      WHERE NOT (v.kind = 'joint' AND (found.shuttle IS NOT NULL OR EXISTS (SELECT 1 FROM rooms r WHERE r.case_id = which AND r.kind = 'joint')))
        AND NOT EXISTS (SELECT 1 FROM rooms r WHERE r.case_id = which AND r.kind = v.kind AND r.side IS NOT DISTINCT FROM v.side
          AND (r.closed_at IS NULL OR is_member(r.id, found.mediator_id)));
    made := ARRAY(SELECT r.id FROM rooms r WHERE r.id IN (joint, caucus_a, caucus_b));
    INSERT INTO room_members (room_id, person_id, capacity, side, joined_at)
      SELECT r.id, found.mediator_id, 'mediator', NULL, at FROM rooms r WHERE r.id = ANY (made)
      UNION ALL
      (SELECT ${counted} r.id, p.person_id, 'party', p.side, at FROM rooms r JOIN parties p ON p.case_id = r.case_id AND (r.side IS NULL OR r.side = p.side)
      WHERE r.id = ANY (made) AND p.person_id IS NOT NULL);
    RETURN QUERY SELECT unnest(made);
  END $$;
  CREATE OR REPLACE FUNCTION open_sub_room(room uuid, of_case uuid, persons uuid[], at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found record; sides text[]; chosen integer; whole integer;
  BEGIN
    SELECT c.mediator_id, c.state, c.shuttle INTO found FROM cases c WHERE c.id = of_case;
    IF current_office() IS DISTINCT FROM 'mediator' OR found.mediator_id IS DISTINCT FROM current_person() THEN RETURN 'not_found'; END IF;
    IF NOT case_is_live(found.state) THEN RETURN 'room.closed'; END IF;
    IF EXISTS (SELECT 1 FROM rooms r WHERE r.id = room AND r.case_id = of_case AND r.kind = 'sub') THEN RETURN 'repeated'; END IF;
    SELECT array_agg(DISTINCT p.side), count(${counted} p.person_id) INTO sides, chosen FROM parties p WHERE p.case_id = of_case AND p.person_id = ANY (persons);
    IF chosen = 0 OR chosen <> (SELECT count(DISTINCT x) FROM unnest(persons) x) THEN RETURN 'not_found'; END IF;
    SELECT count(${counted} p.person_id) INTO whole FROM parties p WHERE p.case_id = of_case AND p.person_id IS NOT NULL AND p.side = ANY (sides);
    IF chosen = whole THEN RETURN 'conflict'; END IF; -- these have a room of their own already
    IF cardinality(sides) > 1 AND found.shuttle IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM rooms r WHERE r.case_id = of_case AND r.kind = 'joint' AND r.closed_at IS NULL) THEN RETURN 'room.kept_apart'; END IF;
    INSERT INTO rooms (id, case_id, kind, side, opened_at) VALUES (room, of_case, 'sub', CASE WHEN cardinality(sides) = 1 THEN sides[1] END, at);
    INSERT INTO room_members (room_id, person_id, capacity, side, joined_at)
      SELECT room, found.mediator_id, 'mediator', NULL, at
      UNION ALL (SELECT ${counted} room, p.person_id, 'party', p.side, at FROM parties p WHERE p.case_id = of_case AND p.person_id = ANY (persons));
    PERFORM seat_guests(of_case, at);
    RETURN 'opened';
  END $$;
  CREATE OR REPLACE FUNCTION answer_joint(of_case uuid, agreed boolean, room uuid, at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE mediation record; standing uuid;
  BEGIN
    IF current_office() IS DISTINCT FROM 'citizen' OR NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = of_case AND p.person_id = current_person()) THEN RETURN 'not_found'; END IF;
    PERFORM 1 FROM joint_requests q WHERE q.case_id = of_case FOR UPDATE;
    IF NOT FOUND THEN RETURN 'not_found'; END IF;
    SELECT c.mediator_id, c.state INTO mediation FROM cases c WHERE c.id = of_case;
    IF NOT case_is_live(mediation.state) THEN RETURN 'room.closed'; END IF;
    INSERT INTO joint_consents (case_id, person_id, agrees, answered_at) VALUES (of_case, current_person(), agreed, at)
      ON CONFLICT (case_id, person_id) DO UPDATE SET agrees = excluded.agrees, answered_at = excluded.answered_at;
    IF is_kept_apart(of_case) THEN
      IF NOT agreed THEN PERFORM close_meeting_rooms(of_case, at); END IF;
      RETURN 'done';
    END IF;
    PERFORM 1 FROM rooms r WHERE r.case_id = of_case ORDER BY r.id FOR UPDATE;
    SELECT r.id INTO standing FROM rooms r WHERE r.case_id = of_case AND r.kind = 'joint' ORDER BY r.opened_at DESC LIMIT 1;
    IF standing IS NOT NULL THEN
      PERFORM seat_mediator(standing, mediation.mediator_id, at);
      UPDATE rooms r SET state = 'open', closed_at = NULL, closed_by = NULL WHERE r.id = standing AND r.closed_at IS NOT NULL;
      PERFORM seat_guests(of_case, at);
      RETURN 'done';
    END IF;
    INSERT INTO rooms (id, case_id, kind, opened_at) VALUES (room, of_case, 'joint', at);
    INSERT INTO room_members (room_id, person_id, capacity, side, joined_at)
      SELECT room, mediation.mediator_id, 'mediator', NULL, at
      UNION ALL (SELECT ${counted} room, p.person_id, 'party', p.side, at FROM parties p WHERE p.case_id = of_case AND p.person_id IS NOT NULL);
    PERFORM seat_guests(of_case, at);
    RETURN 'opened';
  END $$;`;
