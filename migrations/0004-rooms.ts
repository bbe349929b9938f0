import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rooms, their members and their logs. Nobody but post_messages adds a message; nobody but open_rooms adds a room or a member. */
export class Rooms implements MigrationInterface {
  name = 'Rooms1764000000004';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE rooms (
        id uuid CONSTRAINT rooms_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT rooms_case REFERENCES cases,
        kind text NOT NULL CONSTRAINT rooms_kind CHECK (kind IN ('joint', 'caucus', 'consultation')),
        side text CONSTRAINT rooms_side CHECK (side IN ('A', 'B')),
        state text NOT NULL DEFAULT 'open' CONSTRAINT rooms_state CHECK (state IN ('open', 'paused', 'read_only')),
        last_seq bigint NOT NULL DEFAULT 0,
        opened_at timestamptz NOT NULL,
        CONSTRAINT rooms_caucus_has_a_side CHECK ((kind = 'joint') = (side IS NULL))
      );
      CREATE UNIQUE INDEX rooms_one_of_a_kind ON rooms (case_id, kind, side) NULLS NOT DISTINCT;
      CREATE TABLE room_members (
        room_id uuid NOT NULL CONSTRAINT room_members_room REFERENCES rooms,
        person_id uuid NOT NULL CONSTRAINT room_members_person REFERENCES persons,
        capacity text NOT NULL CONSTRAINT room_members_capacity CHECK (capacity IN ('party', 'mediator', 'interpreter', 'observer')),
        side text,
        joined_at timestamptz NOT NULL, left_at timestamptz, muted_until timestamptz,
        CONSTRAINT room_members_pk PRIMARY KEY (room_id, person_id, joined_at)
      );
      CREATE UNIQUE INDEX room_members_present ON room_members (room_id, person_id) WHERE left_at IS NULL;
      CREATE INDEX room_members_by_person ON room_members (person_id) WHERE left_at IS NULL;
      CREATE TABLE messages (
        room_id uuid NOT NULL CONSTRAINT messages_room REFERENCES rooms,
        seq bigint NOT NULL,
        id uuid NOT NULL CONSTRAINT messages_id UNIQUE,
        author_id uuid NOT NULL CONSTRAINT messages_author REFERENCES persons,
        client_id uuid NOT NULL,
        body bytea NOT NULL,
        body_mac bytea NOT NULL,
        posted_at timestamptz NOT NULL,
        CONSTRAINT messages_pk PRIMARY KEY (room_id, seq),
        CONSTRAINT messages_once UNIQUE (room_id, author_id, client_id)
      );
      CREATE TRIGGER messages_append_only BEFORE UPDATE OR DELETE ON messages FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TABLE read_marks (
        room_id uuid NOT NULL CONSTRAINT read_marks_room REFERENCES rooms,
        person_id uuid NOT NULL CONSTRAINT read_marks_person REFERENCES persons,
        seq bigint NOT NULL, read_at timestamptz NOT NULL,
        CONSTRAINT read_marks_pk PRIMARY KEY (room_id, person_id)
      );

      CREATE FUNCTION keep_room_kind() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.kind, NEW.case_id, coalesce(NEW.side, '')) IS DISTINCT FROM (OLD.kind, OLD.case_id, coalesce(OLD.side, '')) THEN
          RAISE EXCEPTION 'a room never changes kind' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER rooms_keep_kind BEFORE UPDATE ON rooms FOR EACH ROW EXECUTE FUNCTION keep_room_kind();

      -- One question for every policy: is this person in this room now?
      CREATE FUNCTION is_member(room uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
        $$ SELECT EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room AND m.person_id = person AND m.left_at IS NULL) $$;
      -- The same for who asks, in the role that made them a member: an office never reads a room, whoever the person is.
      CREATE FUNCTION reads_room(room uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
        $$ SELECT EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room AND m.person_id = current_person() AND m.left_at IS NULL
             AND current_office() = CASE m.capacity WHEN 'mediator' THEN 'mediator' ELSE 'citizen' END) $$;

      CREATE FUNCTION admit_own_side_only() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE room rooms%ROWTYPE;
      BEGIN
        SELECT * INTO room FROM rooms WHERE id = NEW.room_id;
        IF NEW.capacity = 'party' AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = room.case_id AND p.person_id = NEW.person_id
             AND (room.side IS NULL OR p.side = room.side))
           OR NEW.capacity = 'mediator' AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = room.case_id AND c.mediator_id = NEW.person_id) THEN
          RAISE EXCEPTION 'not of this room' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER room_members_own_side BEFORE INSERT ON room_members FOR EACH ROW EXECUTE FUNCTION admit_own_side_only();

      -- Opens the rooms of a case that has just begun: the joint one (not under required shuttle mode) and a caucus per side.
      CREATE FUNCTION open_rooms(which uuid, joint uuid, caucus_a uuid, caucus_b uuid, at timestamptz)
      RETURNS TABLE (room_id uuid) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE found record;
      BEGIN
        SELECT c.id, c.state, c.shuttle, c.mediator_id INTO found FROM cases c WHERE c.id = which;
        IF found.id IS NULL OR NOT case_is_live(found.state) THEN RAISE EXCEPTION 'mediation has not begun' USING ERRCODE = 'restrict_violation'; END IF;
        IF EXISTS (SELECT 1 FROM rooms r WHERE r.case_id = which) THEN RETURN; END IF;
        INSERT INTO rooms (id, case_id, kind, side, opened_at)
          SELECT * FROM (VALUES (joint, which, 'joint', NULL, at), (caucus_a, which, 'caucus', 'A', at), (caucus_b, which, 'caucus', 'B', at)) v(id, case_id, kind, side, at)
          WHERE NOT (v.kind = 'joint' AND found.shuttle IS NOT DISTINCT FROM 'required');
        INSERT INTO room_members (room_id, person_id, capacity, side, joined_at)
          SELECT r.id, found.mediator_id, 'mediator', NULL, at FROM rooms r WHERE r.case_id = which
          UNION ALL
          SELECT r.id, p.person_id, 'party', p.side, at FROM rooms r JOIN parties p ON p.case_id = r.case_id AND (r.side IS NULL OR r.side = p.side)
          WHERE r.case_id = which AND p.person_id IS NOT NULL;
        RETURN QUERY SELECT r.id FROM rooms r WHERE r.case_id = which;
      END $$;

      -- Rooms follow their case in the same transaction, whoever moves it: read-only at the end, open again if it resumes.
      CREATE FUNCTION rooms_follow_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        PERFORM 1 FROM rooms r WHERE r.case_id = NEW.id ORDER BY r.id FOR UPDATE; -- in the order of post_messages, or the two deadlock
        IF case_is_live(OLD.state) AND NOT case_is_live(NEW.state) THEN
          UPDATE rooms SET state = 'read_only' WHERE case_id = NEW.id;
        ELSIF case_is_live(NEW.state) AND NOT case_is_live(OLD.state) THEN
          UPDATE rooms SET state = 'open' WHERE case_id = NEW.id;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cases_close_rooms AFTER UPDATE OF state ON cases FOR EACH ROW EXECUTE FUNCTION rooms_follow_case();
    `);
    await db.query(postMessages);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TRIGGER cases_close_rooms ON cases; DROP FUNCTION rooms_follow_case(); DROP FUNCTION open_rooms(uuid, uuid, uuid, uuid, timestamptz);
      DROP FUNCTION post_messages(jsonb); DROP TABLE read_marks, messages, room_members, rooms;
      DROP FUNCTION admit_own_side_only(); DROP FUNCTION reads_room(uuid); DROP FUNCTION is_member(uuid, uuid); DROP FUNCTION keep_room_kind();`);
  }
}

/**
 * The one way to add messages, made for batches of many authors: rooms are locked in ascending id, each row's author is judged by
 * itself (a member, in the role that made him one, by a session that still lives), seq is gapless, and a client id already used gives
 * the first result back (or a refusal, if the body differs).
 */
const postMessages = `
  CREATE FUNCTION post_messages(batch jsonb)
  RETURNS TABLE (idx integer, outcome text, seq bigint, id uuid, posted_at timestamptz, members uuid[])
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  #variable_conflict use_column
  BEGIN
    PERFORM 1 FROM rooms r WHERE r.id IN (SELECT (e->>'room_id')::uuid FROM jsonb_array_elements(batch) e) ORDER BY r.id FOR UPDATE;
    RETURN QUERY
    WITH input AS MATERIALIZED (
      SELECT t.* FROM ROWS FROM (jsonb_to_recordset(batch) AS (id uuid, room_id uuid, author_id uuid, author_role text, session_id uuid,
        client_id uuid, body text, body_mac text, posted_at timestamptz)) WITH ORDINALITY
        t(id, room_id, author_id, author_role, session_id, client_id, body, mac, posted_at, idx)
    ), judged AS (
      -- Each row looks up its own by an index, whatever the planner believed of the tables when the plan was made.
      SELECT i.id, i.room_id, i.author_id, i.client_id, decode(i.body, 'base64') AS body, i.mac, decode(i.mac, 'base64') AS body_mac, i.posted_at, i.idx,
             r.last_seq, old.seq AS old_seq, old.id AS old_id, old.posted_at AS old_at, old.body_mac AS old_mac,
             CASE WHEN m.person_id IS NULL THEN 'not_found'
                  WHEN i.session_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = i.session_id AND s.person_id = i.author_id
                       AND s.revoked_at IS NULL AND s.expires_at > i.posted_at) THEN 'unauthenticated'
                  WHEN old.seq IS NOT NULL THEN 'known'
                  WHEN r.state = 'read_only' THEN 'room.closed'
                  WHEN r.state = 'paused' THEN 'room.paused'
                  WHEN m.muted_until > i.posted_at THEN 'room.muted'
                  ELSE 'new' END AS verdict
      FROM input i
      LEFT JOIN LATERAL (SELECT r.state, r.last_seq FROM rooms r WHERE r.id = i.room_id LIMIT 1) r ON true
      LEFT JOIN LATERAL (SELECT m.person_id, m.muted_until FROM room_members m WHERE m.room_id = i.room_id AND m.person_id = i.author_id
        AND m.left_at IS NULL AND i.author_role = CASE m.capacity WHEN 'mediator' THEN 'mediator' ELSE 'citizen' END LIMIT 1) m ON true
      LEFT JOIN LATERAL (SELECT o.seq, o.id, o.posted_at, o.body_mac FROM messages o WHERE o.room_id = i.room_id AND o.author_id = i.author_id
        AND o.client_id = i.client_id LIMIT 1) old ON true
    ), paired AS (
      SELECT j.*, j.verdict = 'new' AND j.idx = first_value(j.idx) OVER same AS is_first,
             first_value(j.id) OVER same AS first_id, first_value(j.body_mac) OVER same AS first_mac
      FROM judged j WINDOW same AS (PARTITION BY j.room_id, j.author_id, j.client_id, j.verdict ORDER BY j.idx)
    ), counted AS (
      SELECT p.*, p.last_seq + count(*) FILTER (WHERE p.is_first) OVER (PARTITION BY p.room_id ORDER BY p.idx) AS upto FROM paired p
    ), numbered AS MATERIALIZED (
      SELECT c.*, first_value(c.upto) OVER (PARTITION BY c.room_id, c.author_id, c.client_id, c.verdict ORDER BY c.idx) AS new_seq FROM counted c
    ), added AS (
      INSERT INTO messages (room_id, seq, id, author_id, client_id, body, body_mac, posted_at)
      SELECT n.room_id, n.new_seq, n.id, n.author_id, n.client_id, n.body, n.body_mac, n.posted_at FROM numbered n WHERE n.is_first ORDER BY n.idx
    ), moved AS (
      UPDATE rooms r SET last_seq = n.top FROM (SELECT room_id, max(new_seq) AS top FROM numbered WHERE is_first GROUP BY room_id) n WHERE r.id = n.room_id
    )
    SELECT (n.idx - 1)::integer,
      CASE WHEN n.verdict = 'known' AND n.old_mac <> n.body_mac OR n.verdict = 'new' AND n.first_mac <> n.body_mac THEN 'message.client_id_reused'
           WHEN n.verdict = 'new' THEN CASE WHEN n.is_first THEN 'posted' ELSE 'repeated' END
           WHEN n.verdict = 'known' THEN 'repeated'
           ELSE n.verdict END,
      CASE n.verdict WHEN 'known' THEN n.old_seq WHEN 'new' THEN n.new_seq END,
      CASE n.verdict WHEN 'known' THEN n.old_id WHEN 'new' THEN n.first_id END,
      coalesce(n.old_at, n.posted_at),
      CASE WHEN n.verdict IN ('new', 'known') THEN ARRAY(SELECT m.person_id FROM room_members m WHERE m.room_id = n.room_id AND m.left_at IS NULL) END
    FROM numbered n ORDER BY n.idx;
  END $$;
`;
