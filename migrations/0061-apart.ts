import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/**
 * Parties who are kept apart. `default`: a joint room opens when the mediator has asked and every party agreed, and closes when one takes
 * that back. `required`: never. Kept apart in the middle of a case, the joint room closes as it stands; why, nobody is told.
 */
export class Apart implements MigrationInterface {
  name = 'Apart1764000000061';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(keeping);
    await db.query(opening);
    for (const policy of apartPolicies) await db.query(createPolicy(policy));
    for (const owned of functions) await db.query(`ALTER FUNCTION ${owned} OWNER TO cabinet_writer`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TRIGGER cases_part_sides ON cases; DROP TRIGGER rooms_keep_apart ON rooms;
      ${functions.map((name) => `DROP FUNCTION ${name};`).join(' ')} DROP TABLE joint_consents, joint_requests;`);
  }
}

export const apartPolicies: Policy[] = [
  ['joint_requests', 'participants_read', 'SELECT', 'cabinet_app', 'is_participant(case_id)'],
  ['joint_requests', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['joint_consents', 'own_answer', 'SELECT', 'cabinet_app', `person_id = current_person() AND current_office() = 'citizen'`],
  ['joint_consents', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
];

const functions = [
  'all_meet(uuid)',
  'is_kept_apart(uuid)',
  'refuse_meeting_room()',
  'close_meeting_rooms(uuid, timestamptz)',
  'part_sides()',
  'keep_apart(uuid, timestamptz)',
  'ask_joint(uuid, boolean, timestamptz)',
  'answer_joint(uuid, boolean, uuid, timestamptz)',
];

const tables = `
  CREATE TABLE joint_requests (
    case_id uuid CONSTRAINT joint_requests_pk PRIMARY KEY CONSTRAINT joint_requests_case REFERENCES cases,
    asked_by uuid NOT NULL CONSTRAINT joint_requests_asker REFERENCES persons, asked_at timestamptz NOT NULL
  );
  -- A party's answer. Nobody else reads it: silence and "no" look alike.
  CREATE TABLE joint_consents (
    case_id uuid NOT NULL CONSTRAINT joint_consents_case REFERENCES cases,
    person_id uuid NOT NULL CONSTRAINT joint_consents_person REFERENCES persons,
    agrees boolean NOT NULL, answered_at timestamptz NOT NULL,
    CONSTRAINT joint_consents_pk PRIMARY KEY (case_id, person_id)
  );
  ALTER TABLE joint_requests ENABLE ROW LEVEL SECURITY; ALTER TABLE joint_requests FORCE ROW LEVEL SECURITY;
  ALTER TABLE joint_consents ENABLE ROW LEVEL SECURITY; ALTER TABLE joint_consents FORCE ROW LEVEL SECURITY;
  CREATE TRIGGER joint_requests_tell AFTER INSERT OR DELETE ON joint_requests FOR EACH ROW EXECUTE FUNCTION tell_rooms_of_case();
  GRANT SELECT ON joint_requests, joint_consents TO cabinet_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON joint_requests, joint_consents TO cabinet_writer;
`;

const keeping = `
  CREATE FUNCTION all_meet(of_case uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM joint_requests q WHERE q.case_id = of_case) AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = of_case AND p.person_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM joint_consents j WHERE j.case_id = of_case AND j.person_id = p.person_id AND j.agrees)) $$;
  CREATE FUNCTION is_kept_apart(of_case uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = of_case AND c.shuttle IS NOT NULL AND NOT (c.shuttle = 'default' AND all_meet(c.id))) $$;
  -- The wall behind every way to a room where the sides would meet, for whoever opens one.
  CREATE FUNCTION refuse_meeting_room() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF is_kept_apart(NEW.case_id) THEN RAISE EXCEPTION 'the sides are kept apart' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER rooms_keep_apart BEFORE INSERT OR UPDATE OF state ON rooms FOR EACH ROW
    WHEN (NEW.kind IN ('joint', 'sub') AND NEW.side IS NULL AND NEW.state <> 'read_only') EXECUTE FUNCTION refuse_meeting_room();

  CREATE FUNCTION close_meeting_rooms(of_case uuid, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    PERFORM 1 FROM rooms r WHERE r.case_id = of_case ORDER BY r.id FOR UPDATE; -- in the order of post_messages, or the two deadlock
    UPDATE rooms r SET state = 'read_only', closed_at = coalesce(r.closed_at, at) WHERE r.case_id = of_case AND r.kind IN ('joint', 'sub') AND r.side IS NULL;
  END $$;
  -- Whoever raises the flag, in that transaction.
  CREATE FUNCTION part_sides() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN PERFORM close_meeting_rooms(NEW.id, NEW.state_since); RETURN NULL; END $$;
  CREATE TRIGGER cases_part_sides AFTER UPDATE OF shuttle ON cases FOR EACH ROW
    WHEN (NEW.shuttle IS NOT NULL AND NEW.shuttle IS DISTINCT FROM OLD.shuttle) EXECUTE FUNCTION part_sides();
  -- By the mediator: from now on they work apart, whatever was agreed before.
  CREATE FUNCTION keep_apart(of_case uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF NOT (current_office() = 'mediator' AND EXISTS (SELECT 1 FROM cases c WHERE c.id = of_case AND c.mediator_id = current_person())) THEN RETURN false; END IF;
    DELETE FROM joint_requests q WHERE q.case_id = of_case;
    DELETE FROM joint_consents j WHERE j.case_id = of_case;
    PERFORM close_meeting_rooms(of_case, at);
    RETURN true;
  END $$;
  GRANT EXECUTE ON FUNCTION keep_apart(uuid, timestamptz) TO cabinet_app;
`;

const opening = `
  -- By the mediator: shall they be asked whether to meet? Asked anew, nobody is bound by an earlier answer.
  CREATE FUNCTION ask_joint(of_case uuid, asked boolean, at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found record;
  BEGIN
    SELECT c.mediator_id, c.state, c.shuttle INTO found FROM cases c WHERE c.id = of_case;
    IF current_office() IS DISTINCT FROM 'mediator' OR found.mediator_id IS DISTINCT FROM current_person() THEN RETURN 'not_found'; END IF;
    IF NOT case_is_live(found.state) THEN RETURN 'room.closed'; END IF;
    IF found.shuttle IS NULL THEN RETURN 'conflict'; END IF;
    IF found.shuttle = 'required' THEN RETURN 'room.kept_apart'; END IF;
    INSERT INTO joint_requests (case_id, asked_by, asked_at) VALUES (of_case, current_person(), at) ON CONFLICT (case_id) DO NOTHING;
    PERFORM 1 FROM joint_requests q WHERE q.case_id = of_case FOR UPDATE;
    IF EXISTS (SELECT 1 FROM rooms r WHERE r.case_id = of_case AND r.kind = 'joint' AND r.closed_at IS NULL) THEN RETURN 'done'; END IF;
    DELETE FROM joint_consents j WHERE j.case_id = of_case;
    IF NOT asked THEN DELETE FROM joint_requests q WHERE q.case_id = of_case; END IF;
    RETURN 'done';
  END $$;

  -- By a party. The last one who agrees opens the room in this transaction: the one there was, else a new one ('opened' needs a key).
  CREATE FUNCTION answer_joint(of_case uuid, agreed boolean, room uuid, at timestamptz) RETURNS text
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
      UNION ALL SELECT room, p.person_id, 'party', p.side, at FROM parties p WHERE p.case_id = of_case AND p.person_id IS NOT NULL;
    PERFORM seat_guests(of_case, at);
    RETURN 'opened';
  END $$;
  GRANT EXECUTE ON FUNCTION ask_joint(uuid, boolean, timestamptz), answer_joint(uuid, boolean, uuid, timestamptz) TO cabinet_app;
`;
