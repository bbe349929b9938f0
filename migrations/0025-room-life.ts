import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';
import { postMessages } from './0025-post-messages.js';

/**
 * Rooms as they live: consultations and sub-rooms beside the rooms of a case, members of every kind, a mediator's hand on a room
 * (pause, slow mode, close, mute), replies, and a message's later versions. A message row itself is never changed.
 */
export class RoomLife implements MigrationInterface {
  name = 'RoomLife1764000000025';

  async up(db: QueryRunner) {
    await db.query(rooms);
    await db.query(messages);
    await db.query(postMessages);
    await db.query(editing);
    await db.query(moderating);
    await db.query(consulting);
    for (const policy of roomLifePolicies) await db.query(createPolicy(policy));
    for (const owned of functions) await db.query(`ALTER FUNCTION ${owned} OWNER TO cabinet_writer`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TABLE message_edits; DROP FUNCTION tell_message(); DROP TRIGGER rooms_tell_slow ON rooms; ${functions.map((name) => `DROP FUNCTION ${name};`).join(' ')}
      ALTER TABLE messages DROP COLUMN reply_to;
      DROP INDEX rooms_one_of_a_kind; CREATE UNIQUE INDEX rooms_one_of_a_kind ON rooms (case_id, kind, side) NULLS NOT DISTINCT;
      ALTER TABLE rooms DROP CONSTRAINT rooms_of_a_case, DROP CONSTRAINT rooms_sides, DROP COLUMN slow_seconds, DROP COLUMN closed_at, DROP COLUMN closed_by;
      ALTER TABLE rooms ALTER COLUMN case_id SET NOT NULL, ADD CONSTRAINT rooms_caucus_has_a_side CHECK ((kind = 'joint') = (side IS NULL));
      REVOKE SELECT (person_id, status) ON mediators FROM cabinet_writer;`);
  }
}

export const roomLifePolicies: Policy[] = [
  ['message_edits', 'members_read', 'SELECT', 'cabinet_app', 'reads_room(room_id)'],
  ['message_edits', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'is_member(room_id, editor_id)'],
];

const functions = [
  'moderates_room(uuid)',
  'edit_message(uuid, bigint, integer, bytea, bytea, uuid, timestamptz)',
  'moderate_room(uuid, text, integer, timestamptz)',
  'mute_member(uuid, uuid, timestamptz)',
  'open_consultation(uuid, uuid, uuid, timestamptz)',
  'take_consultation(uuid, timestamptz)',
];

const rooms = `
  ALTER TABLE rooms ALTER COLUMN case_id DROP NOT NULL,
    DROP CONSTRAINT rooms_kind, ADD CONSTRAINT rooms_kind CHECK (kind IN ('joint', 'caucus', 'sub', 'consultation')),
    DROP CONSTRAINT rooms_caucus_has_a_side,
    -- A sub-room is private to a side, or it is a smaller joint one.
    ADD CONSTRAINT rooms_sides CHECK (CASE kind WHEN 'caucus' THEN side IS NOT NULL WHEN 'sub' THEN true ELSE side IS NULL END),
    ADD CONSTRAINT rooms_of_a_case CHECK ((kind = 'consultation') = (case_id IS NULL)),
    ADD COLUMN slow_seconds integer CONSTRAINT rooms_slow CHECK (slow_seconds BETWEEN 5 AND 3600),
    ADD COLUMN closed_at timestamptz, ADD COLUMN closed_by uuid CONSTRAINT rooms_closer REFERENCES persons;
  DROP INDEX rooms_one_of_a_kind;
  CREATE UNIQUE INDEX rooms_one_of_a_kind ON rooms (case_id, kind, side) NULLS NOT DISTINCT WHERE kind IN ('joint', 'caucus') AND closed_at IS NULL;
  ALTER TABLE room_members DROP CONSTRAINT room_members_capacity,
    ADD CONSTRAINT room_members_capacity CHECK (capacity IN ('party', 'mediator', 'co_mediator', 'interpreter', 'observer', 'asker'));
  GRANT SELECT (person_id, status) ON mediators TO cabinet_writer;

  CREATE OR REPLACE FUNCTION reads_room(room uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room AND m.person_id = current_person() AND m.left_at IS NULL
         AND current_office() = CASE WHEN m.capacity IN ('mediator', 'co_mediator') THEN 'mediator' ELSE 'citizen' END) $$;
  CREATE FUNCTION moderates_room(room uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT current_office() = 'mediator' AND EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room AND m.person_id = current_person()
         AND m.left_at IS NULL AND m.capacity IN ('mediator', 'co_mediator')) $$;

  -- A party into her own side's rooms, the case's mediator anywhere in his case, and no person of one side into a room of the other as anything.
  CREATE OR REPLACE FUNCTION admit_own_side_only() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE room rooms%ROWTYPE; fits boolean;
  BEGIN
    SELECT * INTO room FROM rooms WHERE id = NEW.room_id;
    fits := CASE NEW.capacity
      WHEN 'party' THEN EXISTS (SELECT 1 FROM parties p WHERE p.case_id = room.case_id AND p.person_id = NEW.person_id AND (room.side IS NULL OR p.side = room.side))
      WHEN 'mediator' THEN EXISTS (SELECT 1 FROM cases c WHERE c.id = room.case_id AND c.mediator_id = NEW.person_id)
        OR room.kind = 'consultation' AND EXISTS (SELECT 1 FROM mediators m WHERE m.person_id = NEW.person_id AND m.status = 'active')
      WHEN 'asker' THEN room.kind = 'consultation'
      ELSE room.kind <> 'consultation' AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = room.case_id AND p.person_id = NEW.person_id) END;
    IF NOT fits THEN RAISE EXCEPTION 'not of this room' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
  END $$;

  CREATE OR REPLACE FUNCTION rooms_follow_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    PERFORM 1 FROM rooms r WHERE r.case_id = NEW.id ORDER BY r.id FOR UPDATE; -- in the order of post_messages, or the two deadlock
    IF case_is_live(OLD.state) AND NOT case_is_live(NEW.state) THEN
      UPDATE rooms SET state = 'read_only' WHERE case_id = NEW.id;
    ELSIF case_is_live(NEW.state) AND NOT case_is_live(OLD.state) THEN
      UPDATE rooms SET state = 'open' WHERE case_id = NEW.id AND closed_at IS NULL;
    END IF;
    RETURN NEW;
  END $$;
`;

const messages = `
  -- What is answered stands in the same room: the key says so.
  ALTER TABLE messages ADD COLUMN reply_to bigint, ADD CONSTRAINT messages_reply FOREIGN KEY (room_id, reply_to) REFERENCES messages (room_id, seq);
  CREATE TABLE message_edits (
    room_id uuid NOT NULL, seq bigint NOT NULL, version integer NOT NULL,
    editor_id uuid NOT NULL CONSTRAINT message_edits_editor REFERENCES persons,
    -- Both empty: the message was taken back.
    body bytea, body_mac bytea,
    edited_at timestamptz NOT NULL,
    CONSTRAINT message_edits_pk PRIMARY KEY (room_id, seq, version),
    CONSTRAINT message_edits_message FOREIGN KEY (room_id, seq) REFERENCES messages (room_id, seq),
    CONSTRAINT message_edits_whole CHECK ((body IS NULL) = (body_mac IS NULL))
  );
  CREATE TRIGGER message_edits_append_only BEFORE UPDATE OR DELETE ON message_edits FOR EACH ROW EXECUTE FUNCTION refuse_change();
  -- Every api process hears of it at the commit, as of a room's members: the place alone.
  CREATE FUNCTION tell_message() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('edits', NEW.room_id || ':' || NEW.seq); RETURN NULL; END $$;
  CREATE TRIGGER message_edits_tell AFTER INSERT ON message_edits FOR EACH ROW EXECUTE FUNCTION tell_message();
  CREATE TRIGGER rooms_tell_slow AFTER UPDATE OF slow_seconds ON rooms FOR EACH ROW
    WHEN (OLD.slow_seconds IS DISTINCT FROM NEW.slow_seconds) EXECUTE FUNCTION tell_room('id');
  ALTER TABLE message_edits ENABLE ROW LEVEL SECURITY; ALTER TABLE message_edits FORCE ROW LEVEL SECURITY;
  GRANT SELECT ON message_edits TO cabinet_app;
  GRANT SELECT (room_id, seq, version, editor_id, body_mac, edited_at), INSERT ON message_edits TO cabinet_writer;
`;

const editing = `
  -- The author's own text, within a quarter of an hour, in a room that is open: a new version beside the old one, or none at all (taken back).
  CREATE FUNCTION edit_message(room uuid, which bigint, next integer, text bytea, mac bytea, session uuid, at timestamptz)
  RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found record; last record; said text;
  BEGIN
    IF NOT reads_room(room) THEN RETURN 'not_found'; END IF;
    SELECT r.state INTO found FROM rooms r WHERE r.id = room FOR UPDATE;
    SELECT m.author_id, m.posted_at, found.state AS state, x.muted_until INTO found
      FROM messages m JOIN room_members x ON x.room_id = m.room_id AND x.person_id = current_person() AND x.left_at IS NULL
      WHERE m.room_id = room AND m.seq = which;
    SELECT e.version, e.body_mac INTO last FROM message_edits e WHERE e.room_id = room AND e.seq = which ORDER BY e.version DESC LIMIT 1;
    said := CASE
      WHEN found.author_id IS NULL THEN 'not_found'
      WHEN found.author_id <> current_person() THEN 'message.not_yours'
      WHEN session IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = session AND s.person_id = current_person()
        AND s.revoked_at IS NULL AND s.expires_at > at) THEN 'unauthenticated'
      WHEN last.version IS NOT NULL AND last.body_mac IS NOT DISTINCT FROM mac THEN 'repeated'
      WHEN last.version IS NOT NULL AND last.body_mac IS NULL THEN 'message.retracted'
      WHEN found.state = 'read_only' THEN 'room.closed'
      WHEN found.state = 'paused' THEN 'room.paused'
      WHEN found.muted_until > at THEN 'room.muted'
      WHEN found.posted_at + interval '15 minutes' < at THEN 'message.window_passed'
      WHEN next <> coalesce(last.version, 0) + 1 THEN 'stale'
      ELSE 'edited' END;
    IF said = 'edited' THEN
      INSERT INTO message_edits (room_id, seq, version, editor_id, body, body_mac, edited_at) VALUES (room, which, next, current_person(), text, mac, at);
    END IF;
    RETURN said;
  END $$;
  GRANT EXECUTE ON FUNCTION edit_message(uuid, bigint, integer, bytea, bytea, uuid, timestamptz) TO cabinet_app;
`;

const moderating = `
  -- The mediator's hand: 'open', 'paused' or 'closed', and the least time between two messages of one author.
  CREATE FUNCTION moderate_room(room uuid, wanted text, slow integer, at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found rooms%ROWTYPE;
  BEGIN
    IF NOT moderates_room(room) THEN RETURN 'not_found'; END IF;
    SELECT * INTO found FROM rooms r WHERE r.id = room FOR UPDATE;
    IF found.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = found.case_id AND case_is_live(c.state)) THEN RETURN 'room.closed'; END IF;
    UPDATE rooms r SET state = CASE wanted WHEN 'closed' THEN 'read_only' ELSE wanted END, slow_seconds = slow,
      closed_at = CASE WHEN wanted = 'closed' THEN coalesce(r.closed_at, at) END, closed_by = CASE WHEN wanted = 'closed' THEN current_person() END
      WHERE r.id = room;
    RETURN 'done';
  END $$;
  CREATE FUNCTION mute_member(room uuid, person uuid, until timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF NOT moderates_room(room) THEN RETURN 'not_found'; END IF;
    PERFORM 1 FROM rooms r WHERE r.id = room FOR UPDATE; -- after what is being posted now
    UPDATE room_members m SET muted_until = until WHERE m.room_id = room AND m.person_id = person AND m.left_at IS NULL
      AND m.capacity NOT IN ('mediator', 'co_mediator');
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'not_found' END;
  END $$;
  GRANT EXECUTE ON FUNCTION moderates_room(uuid), moderate_room(uuid, text, integer, timestamptz), mute_member(uuid, uuid, timestamptz) TO cabinet_app;
  GRANT EXECUTE ON FUNCTION moderates_room(uuid), edit_message(uuid, bigint, integer, bytea, bytea, uuid, timestamptz) TO cabinet_writer;
`;

const consulting = `
  -- A question before or instead of a case: whoever asks, and a duty mediator (now, or when one takes it). Sealed like a caucus.
  CREATE FUNCTION open_consultation(room uuid, asker uuid, mediator uuid, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF NOT (current_office() = 'citizen' AND current_person() = asker OR current_office() = 'mediator' AND current_person() IS NOT DISTINCT FROM mediator)
       OR asker IS NOT DISTINCT FROM mediator THEN RETURN false; END IF;
    INSERT INTO rooms (id, kind, opened_at) VALUES (room, 'consultation', at);
    INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (room, asker, 'asker', at);
    IF mediator IS NOT NULL THEN
      INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (room, mediator, 'mediator', at);
    END IF;
    RETURN true;
  END $$;
  -- The first duty mediator who takes it has it; to the next one it is not there.
  CREATE FUNCTION take_consultation(room uuid, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    PERFORM 1 FROM rooms r WHERE r.id = room AND r.kind = 'consultation' AND r.closed_at IS NULL FOR UPDATE;
    IF NOT FOUND OR current_office() <> 'mediator' OR is_member(room, current_person())
       OR EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room AND m.capacity = 'mediator' AND m.left_at IS NULL) THEN RETURN false; END IF;
    INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (room, current_person(), 'mediator', at);
    RETURN true;
  END $$;
  GRANT EXECUTE ON FUNCTION open_consultation(uuid, uuid, uuid, timestamptz), take_consultation(uuid, timestamptz) TO cabinet_app;
`;
