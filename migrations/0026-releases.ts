import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/**
 * The one way out of a private room: a mediator of it asks the author of a message to share it, and the author agrees. The text is sealed
 * for the other room when it is asked for, so that what is shared is what was agreed to, to the letter.
 */
export class Releases implements MigrationInterface {
  name = 'Releases1764000000026';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(asking);
    await db.query(answering);
    for (const policy of releasePolicies) await db.query(createPolicy(policy));
    for (const owned of functions) await db.query(`ALTER FUNCTION ${owned} OWNER TO cabinet_writer`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TABLE released, releases; ${functions.map((name) => `DROP FUNCTION ${name};`).join(' ')}`);
  }
}

export const releasePolicies: Policy[] = [
  ['releases', 'members_read', 'SELECT', 'cabinet_app', 'reads_room(room_id)'],
  ['releases', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'is_member(room_id, asked_by)'],
  ['released', 'members_read', 'SELECT', 'cabinet_app', 'reads_room(room_id)'],
  ['released', 'writer_adds', 'INSERT', 'cabinet_writer', null, 'true'],
];

const functions = [
  'released_by_its_author()',
  'ask_release(uuid, uuid, bigint, integer, uuid, uuid, uuid, bytea, bytea, timestamptz)',
  'answer_release(uuid, boolean, uuid, timestamptz)',
];

const tables = `
  CREATE TABLE releases (
    id uuid CONSTRAINT releases_pk PRIMARY KEY,
    room_id uuid NOT NULL, seq bigint NOT NULL, version integer NOT NULL,
    target_id uuid NOT NULL CONSTRAINT releases_target REFERENCES rooms, target_kind text NOT NULL,
    asked_by uuid NOT NULL CONSTRAINT releases_asker REFERENCES persons, asked_at timestamptz NOT NULL,
    -- The message as it will stand in the other room, sealed with that room's key.
    message_id uuid NOT NULL CONSTRAINT releases_message_once UNIQUE, client_id uuid NOT NULL, body bytea NOT NULL, body_mac bytea NOT NULL,
    answer text CONSTRAINT releases_answer CHECK (answer IN ('agreed', 'declined', 'withdrawn')),
    answered_by uuid CONSTRAINT releases_answerer REFERENCES persons, answered_at timestamptz,
    CONSTRAINT releases_message FOREIGN KEY (room_id, seq) REFERENCES messages (room_id, seq),
    CONSTRAINT releases_whole CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CONSTRAINT releases_answered CHECK (answer NOT IN ('agreed', 'declined') OR answered_by IS NOT NULL)
  );
  -- Asked once: whoever said no to this text is not asked again.
  CREATE UNIQUE INDEX releases_once ON releases (room_id, seq, version, target_id) WHERE answer IS DISTINCT FROM 'withdrawn';
  CREATE TRIGGER releases_tell AFTER INSERT OR UPDATE ON releases FOR EACH ROW EXECUTE FUNCTION tell_message();
  -- What the other room knows of it: whose words, and since when they may be known. Not where they were said, nor when.
  CREATE TABLE released (
    release_id uuid NOT NULL CONSTRAINT released_release UNIQUE REFERENCES releases,
    room_id uuid NOT NULL, seq bigint NOT NULL,
    author_id uuid NOT NULL CONSTRAINT released_author REFERENCES persons,
    agreed_at timestamptz NOT NULL,
    CONSTRAINT released_pk PRIMARY KEY (room_id, seq),
    CONSTRAINT released_message FOREIGN KEY (room_id, seq) REFERENCES messages (room_id, seq)
  );
  CREATE TRIGGER released_append_only BEFORE UPDATE OR DELETE ON released FOR EACH ROW EXECUTE FUNCTION refuse_change();
  ALTER TABLE releases ENABLE ROW LEVEL SECURITY; ALTER TABLE releases FORCE ROW LEVEL SECURITY;
  ALTER TABLE released ENABLE ROW LEVEL SECURITY; ALTER TABLE released FORCE ROW LEVEL SECURITY;
  GRANT SELECT (id, room_id, seq, version, target_id, target_kind, asked_by, asked_at, message_id, client_id, answer, answered_at) ON releases TO cabinet_app;
  GRANT SELECT, INSERT, UPDATE (answer, answered_by, answered_at) ON releases TO cabinet_writer;
  GRANT SELECT (room_id, seq, author_id, agreed_at) ON released TO cabinet_app;
  GRANT INSERT ON released TO cabinet_writer;

  -- No message is called released but the very one that its author, and nobody else, agreed to.
  CREATE FUNCTION released_by_its_author() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM releases r JOIN messages said ON said.room_id = r.room_id AND said.seq = r.seq
        JOIN messages shared ON shared.room_id = NEW.room_id AND shared.seq = NEW.seq AND shared.id = r.message_id
        WHERE r.id = NEW.release_id AND r.answer = 'agreed' AND r.target_id = NEW.room_id
          AND said.author_id = NEW.author_id AND r.answered_by = said.author_id) THEN
      RAISE EXCEPTION 'not released by its author' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER released_rightly BEFORE INSERT ON released FOR EACH ROW EXECUTE FUNCTION released_by_its_author();
`;

const asking = `
  CREATE FUNCTION ask_release(release uuid, room uuid, which bigint, seen integer, target uuid, message uuid, client uuid, text bytea, mac bytea, at timestamptz)
  RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE said record; here rooms%ROWTYPE; there rooms%ROWTYPE; last record; known text;
  BEGIN
    IF NOT moderates_room(room) OR NOT moderates_room(target) OR room = target THEN RETURN 'not_found'; END IF;
    PERFORM 1 FROM rooms r WHERE r.id IN (room, target) ORDER BY r.id FOR UPDATE;
    SELECT * INTO here FROM rooms r WHERE r.id = room;
    SELECT * INTO there FROM rooms r WHERE r.id = target;
    SELECT m.author_id INTO said FROM messages m WHERE m.room_id = room AND m.seq = which;
    IF said.author_id IS NULL OR here.case_id IS NULL OR here.case_id IS DISTINCT FROM there.case_id THEN RETURN 'not_found'; END IF;
    SELECT coalesce(r.answer, 'asked') INTO known FROM releases r WHERE r.room_id = room AND r.seq = which AND r.version = seen AND r.target_id = target
      AND r.answer IS DISTINCT FROM 'withdrawn';
    SELECT e.version, e.body_mac INTO last FROM message_edits e WHERE e.room_id = room AND e.seq = which ORDER BY e.version DESC LIMIT 1;
    IF known IS NOT NULL THEN RETURN CASE known WHEN 'asked' THEN 'repeated' ELSE 'release.answered' END; END IF;
    IF said.author_id = current_person() OR here.kind = 'joint' THEN RETURN 'release.not_needed'; END IF;
    IF last.version IS NOT NULL AND last.body_mac IS NULL THEN RETURN 'message.retracted'; END IF;
    IF coalesce(last.version, 0) <> seen THEN RETURN 'stale'; END IF;
    IF here.state = 'read_only' OR there.state = 'read_only' OR NOT is_member(room, said.author_id) THEN RETURN 'room.closed'; END IF;
    INSERT INTO releases (id, room_id, seq, version, target_id, target_kind, asked_by, asked_at, message_id, client_id, body, body_mac)
      VALUES (release, room, which, seen, target, there.kind, current_person(), at, message, client, text, mac);
    RETURN 'asked';
  END $$;
  GRANT EXECUTE ON FUNCTION ask_release(uuid, uuid, bigint, integer, uuid, uuid, uuid, bytea, bytea, timestamptz) TO cabinet_app;
`;

const answering = `
  -- The answer and, if it is yes, the message in the other room: one transaction.
  CREATE FUNCTION answer_release(which uuid, agrees boolean, session uuid, at timestamptz) RETURNS TABLE (said text, shared_seq bigint, members uuid[])
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  #variable_conflict use_column
  DECLARE asked releases%ROWTYPE; author uuid; there rooms%ROWTYPE; here text; wanted text := CASE WHEN agrees THEN 'agreed' ELSE 'declined' END; next bigint;
  BEGIN
    SELECT * INTO asked FROM releases r WHERE r.id = which;
    IF asked.id IS NULL OR NOT reads_room(asked.room_id) THEN RETURN QUERY SELECT 'not_found', NULL::bigint, NULL::uuid[]; RETURN; END IF;
    PERFORM 1 FROM rooms r WHERE r.id IN (asked.room_id, asked.target_id) ORDER BY r.id FOR UPDATE;
    SELECT * INTO asked FROM releases r WHERE r.id = which FOR UPDATE;
    SELECT m.author_id INTO author FROM messages m WHERE m.room_id = asked.room_id AND m.seq = asked.seq;
    SELECT r.state INTO here FROM rooms r WHERE r.id = asked.room_id;
    SELECT * INTO there FROM rooms r WHERE r.id = asked.target_id;
    said := CASE
      WHEN author <> current_person() THEN 'release.not_yours'
      WHEN session IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = session AND s.person_id = author AND s.revoked_at IS NULL AND s.expires_at > at)
        THEN 'unauthenticated'
      WHEN asked.answer = wanted THEN 'repeated'
      WHEN asked.answer = 'withdrawn' THEN 'release.withdrawn'
      WHEN asked.answer IS NOT NULL THEN 'release.answered'
      WHEN coalesce((SELECT max(e.version) FROM message_edits e WHERE e.room_id = asked.room_id AND e.seq = asked.seq), 0) <> asked.version THEN 'release.withdrawn'
      WHEN here = 'read_only' OR agrees AND there.state = 'read_only' THEN 'room.closed'
      WHEN agrees AND there.state = 'paused' THEN 'room.paused'
      WHEN NOT is_member(asked.room_id, asked.asked_by) OR NOT is_member(asked.target_id, asked.asked_by) THEN 'release.withdrawn'
      ELSE wanted END;
    IF said = 'agreed' THEN next := there.last_seq + 1; END IF;
    IF said IN ('agreed', 'declined') THEN
      UPDATE releases SET answer = said, answered_by = author, answered_at = at WHERE id = which;
    END IF;
    IF said = 'agreed' THEN
      INSERT INTO messages (room_id, seq, id, author_id, client_id, body, body_mac, posted_at)
        VALUES (asked.target_id, next, asked.message_id, asked.asked_by, asked.client_id, asked.body, asked.body_mac, at);
      UPDATE rooms SET last_seq = next WHERE id = asked.target_id;
      INSERT INTO released (release_id, room_id, seq, author_id, agreed_at) VALUES (which, asked.target_id, next, author, at);
    END IF;
    RETURN QUERY SELECT said, next, CASE WHEN said = 'agreed' THEN ARRAY(SELECT m.person_id FROM room_members m WHERE m.room_id = asked.target_id AND m.left_at IS NULL) END;
  END $$;
  GRANT EXECUTE ON FUNCTION answer_release(uuid, boolean, uuid, timestamptz) TO cabinet_app;
`;
