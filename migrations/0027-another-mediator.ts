import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/**
 * Another mediator. Whoever leaves a case leaves its rooms in the same transaction, whoever takes the case from him. The next one inherits
 * the joint room; a private room only if every party in it agrees, else it closes as it stands and a new, empty one opens.
 * Where the parties are kept apart no joint room opens.
 */
export class AnotherMediator implements MigrationInterface {
  name = 'AnotherMediator1764000000027';

  async up(db: QueryRunner) {
    await db.query(leaving);
    await db.query(inheriting);
    await db.query(opening);
    for (const policy of handoverPolicies) await db.query(createPolicy(policy));
    for (const owned of functions) await db.query(`ALTER FUNCTION ${owned} OWNER TO cabinet_writer`);
  }

  async down(db: QueryRunner) {
    await db.query(
      `DROP TRIGGER cases_mediator_leaves ON cases; DROP TABLE room_handovers; ${functions.map((name) => `DROP FUNCTION ${name};`).join(' ')}`,
    );
  }
}

export const handoverPolicies: Policy[] = [
  ['room_handovers', 'own_answer', 'SELECT', 'cabinet_app', 'person_id = current_person() AND reads_room(room_id)'],
  ['room_handovers', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'is_member(room_id, person_id)'],
];

const functions = ['mediator_leaves()', 'seat_mediator(uuid, uuid, timestamptz)', 'answer_handover(uuid, boolean, timestamptz)'];

const leaving = `
  GRANT SELECT (kind) ON papers TO cabinet_writer;
  CREATE FUNCTION mediator_leaves() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    PERFORM 1 FROM rooms r WHERE r.case_id = NEW.id ORDER BY r.id FOR UPDATE; -- in the order of post_messages, or the two deadlock
    UPDATE releases q SET answer = 'withdrawn', answered_at = NEW.state_since FROM rooms r
      WHERE r.id = q.room_id AND r.case_id = NEW.id AND q.asked_by = OLD.mediator_id AND q.answer IS NULL;
    UPDATE room_members m SET left_at = greatest(NEW.state_since, m.joined_at) FROM rooms r
      WHERE r.id = m.room_id AND r.case_id = NEW.id AND m.person_id = OLD.mediator_id AND m.capacity = 'mediator' AND m.left_at IS NULL;
    -- The contract named him: the next one is concluded anew.
    UPDATE papers SET abandoned_at = NEW.state_since WHERE case_id = NEW.id AND kind = 'contract' AND abandoned_at IS NULL;
    RETURN NULL;
  END $$;
  CREATE TRIGGER cases_mediator_leaves AFTER UPDATE OF mediator_id ON cases FOR EACH ROW
    WHEN (OLD.mediator_id IS NOT NULL AND OLD.mediator_id IS DISTINCT FROM NEW.mediator_id) EXECUTE FUNCTION mediator_leaves();
`;

const inheriting = `
  -- A party's answer for one private room and one mediator. Nobody else reads it: silence and "no" look alike.
  CREATE TABLE room_handovers (
    room_id uuid NOT NULL CONSTRAINT room_handovers_room REFERENCES rooms,
    person_id uuid NOT NULL CONSTRAINT room_handovers_person REFERENCES persons,
    mediator_id uuid NOT NULL CONSTRAINT room_handovers_mediator REFERENCES persons,
    agrees boolean NOT NULL, answered_at timestamptz NOT NULL,
    CONSTRAINT room_handovers_pk PRIMARY KEY (room_id, person_id, mediator_id)
  );
  ALTER TABLE room_handovers ENABLE ROW LEVEL SECURITY; ALTER TABLE room_handovers FORCE ROW LEVEL SECURITY;
  GRANT SELECT ON room_handovers TO cabinet_app;
  GRANT SELECT, INSERT, UPDATE ON room_handovers TO cabinet_writer;

  -- The joint room at once; a private one when all its parties agreed to him. False if it is not for him (yet).
  CREATE FUNCTION seat_mediator(room uuid, mediator uuid, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found rooms%ROWTYPE;
  BEGIN
    IF is_member(room, mediator) THEN RETURN true; END IF;
    SELECT * INTO found FROM rooms r WHERE r.id = room;
    IF found.kind <> 'joint' AND EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room AND m.left_at IS NULL AND m.capacity = 'party'
        AND NOT EXISTS (SELECT 1 FROM room_handovers h WHERE h.room_id = room AND h.person_id = m.person_id AND h.mediator_id = mediator AND h.agrees)) THEN
      RETURN false;
    END IF;
    INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (room, mediator, 'mediator', at);
    RETURN true;
  END $$;

  CREATE FUNCTION answer_handover(room uuid, agreed boolean, at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found record;
  BEGIN
    IF NOT reads_room(room) THEN RETURN 'not_found'; END IF;
    PERFORM 1 FROM rooms r WHERE r.id = room FOR UPDATE;
    SELECT r.kind, c.mediator_id, c.state INTO found FROM rooms r JOIN cases c ON c.id = r.case_id WHERE r.id = room;
    IF found.kind IS NULL OR found.kind = 'joint' OR found.mediator_id IS NULL OR NOT EXISTS (SELECT 1 FROM room_members m
        WHERE m.room_id = room AND m.person_id = current_person() AND m.left_at IS NULL AND m.capacity = 'party') THEN RETURN 'not_found'; END IF;
    IF is_member(room, found.mediator_id) THEN RETURN CASE WHEN agreed THEN 'done' ELSE 'release.answered' END; END IF;
    INSERT INTO room_handovers (room_id, person_id, mediator_id, agrees, answered_at) VALUES (room, current_person(), found.mediator_id, agreed, at)
      ON CONFLICT (room_id, person_id, mediator_id) DO UPDATE SET agrees = excluded.agrees, answered_at = excluded.answered_at;
    IF case_is_live(found.state) THEN PERFORM seat_mediator(room, found.mediator_id, at); END IF;
    RETURN 'done';
  END $$;
  GRANT EXECUTE ON FUNCTION answer_handover(uuid, boolean, timestamptz) TO cabinet_app;
`;

const opening = `
  -- Opens the rooms of a case that has just begun: the joint one (unless the parties are kept apart) and a caucus per side. Where there are
  -- rooms already, another mediator has come. Returns the rooms made; safe to repeat.
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
      SELECT r.id, p.person_id, 'party', p.side, at FROM rooms r JOIN parties p ON p.case_id = r.case_id AND (r.side IS NULL OR r.side = p.side)
      WHERE r.id = ANY (made) AND p.person_id IS NOT NULL;
    RETURN QUERY SELECT unnest(made);
  END $$;
`;
