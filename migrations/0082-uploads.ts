import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/** A room's file is a draft of its owner until a message carries it, and gone with that message. */
const isSaid = `EXISTS (SELECT 1 FROM messages m WHERE m.room_id = files.room_id AND m.author_id = files.owner_id AND m.client_id = files.client_id
  AND NOT EXISTS (SELECT 1 FROM message_edits e WHERE e.room_id = m.room_id AND e.seq = m.seq AND e.body IS NULL))`;
const ownUpload = `owner_id = current_person() AND owner_role = current_office()`;

export const policies: Policy[] = [
  [
    'files',
    'audience_reads',
    'SELECT',
    'cabinet_app',
    `CASE WHEN room_id IS NULL THEN reads_case_file(case_id, side, purpose, audience = 'participants')
      ELSE reads_room(room_id) AND (owner_id = current_person() OR ${isSaid})
        OR EXISTS (SELECT 1 FROM file_rooms s WHERE s.file_id = files.id AND reads_room(s.room_id)) END`,
  ],
  [
    'files',
    'owner_adds',
    'INSERT',
    'cabinet_app',
    null,
    `owner_id = current_person() AND CASE WHEN room_id IS NULL THEN adds_case_file(case_id, side, purpose) ELSE reads_room(room_id) END`,
  ],
  ['files', 'owner_changes', 'UPDATE', 'cabinet_app', 'owner_id = current_person()', 'owner_id = current_person()'],
  ['file_rooms', 'members_read', 'SELECT', 'cabinet_app', 'reads_room(room_id)'],
  [
    'file_rooms',
    'owner_widens',
    'INSERT',
    'cabinet_app',
    null,
    `shared_by = current_person() AND reads_room(room_id) AND EXISTS (SELECT 1 FROM files f WHERE f.id = file_id AND f.owner_id = current_person())`,
  ],
  ['uploads', 'own_read', 'SELECT', 'cabinet_app', ownUpload],
  [
    'uploads',
    'own_begin',
    'INSERT',
    'cabinet_app',
    null,
    `${ownUpload} AND CASE WHEN room_id IS NULL THEN adds_case_file(case_id, side, purpose) ELSE reads_room(room_id) END`,
  ],
  ['uploads', 'own_go_on', 'UPDATE', 'cabinet_app', ownUpload, ownUpload],
  ['uploads', 'own_end', 'DELETE', 'cabinet_app', ownUpload],
  ['uploads', 'worker_sees_age', 'SELECT', 'cabinet_worker', 'true'],
  ['uploads', 'worker_ends', 'DELETE', 'cabinet_worker', 'true'],
];

/**
 * Files and the uploads they come from. What is known of a file is a row; its bytes lie in the storage, sealed with a key of its own, which is
 * sealed with the key of its room or case. Whatever a row named in the storage and names no longer is listed to be removed there.
 */
export class Uploads implements MigrationInterface {
  name = 'Uploads1764000000082';

  async up(db: QueryRunner) {
    await db.query(`DROP POLICY audience ON files; DROP POLICY own ON files; DROP POLICY own_removal ON files;`);
    await db.query(tables);
    await db.query(questions);
    await db.query(leaving);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(grants);
  }

  async down(db: QueryRunner) {
    for (const [table, name] of policies) await db.query(`DROP POLICY ${name} ON ${table}`);
    await db.query(`
      DROP TRIGGER files_leave ON files; DROP TRIGGER files_removed ON files; DROP TABLE file_rooms, uploads;
      DROP FUNCTION leave_file(); DROP FUNCTION leave_upload(); DROP TABLE storage_leavings;
      DROP FUNCTION reads_case_file(uuid, text, text, boolean); DROP FUNCTION adds_case_file(uuid, text, text);
      DELETE FROM files WHERE case_id IS NULL;
      ALTER TABLE files DROP CONSTRAINT files_case, ADD CONSTRAINT files_case FOREIGN KEY (case_id) REFERENCES cases,
        DROP CONSTRAINT files_place, ALTER COLUMN case_id SET NOT NULL, DROP COLUMN purpose, DROP COLUMN side, DROP COLUMN audience, DROP COLUMN client_id,
        DROP COLUMN key_sealed, DROP COLUMN uploaded_bytes, DROP COLUMN preview_bytes, DROP COLUMN scanned_at;`);
    for (const policy of before) await db.query(createPolicy(policy));
  }
}

const tables = `
  ALTER TABLE files DROP CONSTRAINT files_case, ADD CONSTRAINT files_case FOREIGN KEY (case_id) REFERENCES cases ON DELETE CASCADE,
    ALTER COLUMN case_id DROP NOT NULL,
    ADD COLUMN purpose text NOT NULL DEFAULT 'room' CONSTRAINT files_purpose CHECK (purpose IN ('application', 'room', 'power')),
    ADD COLUMN side text CONSTRAINT files_side CHECK (side IN ('A', 'B')),
    ADD COLUMN audience text NOT NULL DEFAULT 'room' CONSTRAINT files_audience CHECK (audience IN ('side', 'participants', 'room')),
    -- The message that carries it, by the id its author gave it.
    ADD COLUMN client_id uuid,
    ADD COLUMN key_sealed bytea NOT NULL DEFAULT '',
    ADD COLUMN uploaded_bytes bigint NOT NULL DEFAULT 0, ADD COLUMN preview_bytes integer, ADD COLUMN scanned_at timestamptz,
    ADD CONSTRAINT files_place CHECK (CASE purpose WHEN 'room' THEN room_id IS NOT NULL AND side IS NULL AND audience = 'room'
      ELSE room_id IS NULL AND case_id IS NOT NULL AND side IS NOT NULL AND audience <> 'room' END);
  CREATE INDEX files_of_message ON files (room_id, owner_id, client_id) WHERE client_id IS NOT NULL;
  -- A room that a file's owner has let it into, with the file's key sealed by that room's.
  CREATE TABLE file_rooms (
    file_id uuid NOT NULL CONSTRAINT file_rooms_file REFERENCES files ON DELETE CASCADE,
    room_id uuid NOT NULL CONSTRAINT file_rooms_room REFERENCES rooms,
    key_sealed bytea NOT NULL, name_sealed bytea NOT NULL,
    shared_by uuid NOT NULL CONSTRAINT file_rooms_owner REFERENCES persons, shared_at timestamptz NOT NULL,
    CONSTRAINT file_rooms_pk PRIMARY KEY (file_id, room_id)
  );
  CREATE TABLE uploads (
    id uuid CONSTRAINT uploads_pk PRIMARY KEY,
    owner_id uuid NOT NULL CONSTRAINT uploads_owner REFERENCES persons, owner_role text NOT NULL,
    purpose text NOT NULL CONSTRAINT uploads_purpose CHECK (purpose IN ('application', 'room', 'power')),
    case_id uuid CONSTRAINT uploads_case REFERENCES cases ON DELETE CASCADE,
    room_id uuid CONSTRAINT uploads_room REFERENCES rooms,
    side text,
    name_sealed bytea NOT NULL, key_sealed bytea NOT NULL,
    sha256_mac bytea NOT NULL,
    bytes bigint NOT NULL, received bigint NOT NULL DEFAULT 0,
    -- What has arrived, in order: object of the storage and its bytes.
    parts jsonb NOT NULL DEFAULT '[]',
    begun_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
    -- One process at a time looks at what has arrived.
    checking_until timestamptz, is_waiting boolean NOT NULL DEFAULT false,
    CONSTRAINT uploads_place CHECK (CASE purpose WHEN 'room' THEN room_id IS NOT NULL AND side IS NULL ELSE room_id IS NULL AND case_id IS NOT NULL AND side IS NOT NULL END),
    CONSTRAINT uploads_within CHECK (bytes > 0 AND received BETWEEN 0 AND bytes)
  );
  CREATE INDEX uploads_of_owner ON uploads (owner_id);
  CREATE INDEX uploads_by_end ON uploads (expires_at);
  ALTER TABLE file_rooms ENABLE ROW LEVEL SECURITY; ALTER TABLE file_rooms FORCE ROW LEVEL SECURITY;
  ALTER TABLE uploads ENABLE ROW LEVEL SECURITY; ALTER TABLE uploads FORCE ROW LEVEL SECURITY;
  -- Objects of the storage that no row names any more.
  CREATE TABLE storage_leavings (object text CONSTRAINT storage_leavings_pk PRIMARY KEY);
`;

const questions = `
  -- A file of a case: the side that added it, the accepted mediator, the desk as long as it reads the application (powers: always); the
  -- other side when its owner has let it.
  CREATE FUNCTION reads_case_file(which uuid, of_side text, what text, wide boolean) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND CASE current_office()
      WHEN 'citizen' THEN (of_side = 'A' AND c.created_by = current_person())
        OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person() AND (wide OR p.side = of_side))
      WHEN 'mediator' THEN c.mediator_id = current_person()
      WHEN 'coordinator' THEN (c.state IN ('SUBMITTED', 'RETURNED', 'REFUSED_SCOPE', 'INVITED', 'DECLINED', 'NO_RESPONSE', 'CONSENTED', 'MEDIATOR_OFFERED')
          OR (c.state = 'DRAFT' AND c.created_by = current_person()) OR (what = 'power' AND c.state <> 'DRAFT'))
        AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      ELSE false END) $$;
  -- To an application while it is written, by who writes it; a power by its own side, or by the desk for whom it is shown to there.
  CREATE FUNCTION adds_case_file(which uuid, of_side text, what text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND CASE what
      WHEN 'application' THEN of_side = 'A' AND CASE current_office()
        WHEN 'citizen' THEN c.state IN ('DRAFT', 'RETURNED') AND (c.created_by = current_person()
          OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person() AND p.side = 'A'))
        WHEN 'coordinator' THEN c.state = 'DRAFT' AND c.created_by = current_person() ELSE false END
      WHEN 'power' THEN c.state NOT IN ('CLOSED', 'ARCHIVED') AND CASE current_office()
        WHEN 'citizen' THEN (of_side = 'A' AND c.created_by = current_person())
          OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person() AND p.side = of_side)
        WHEN 'coordinator' THEN (c.state <> 'DRAFT' OR c.created_by = current_person())
          AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person()) ELSE false END
      ELSE false END) $$;
  ALTER FUNCTION reads_case_file(uuid, text, text, boolean) OWNER TO cabinet_guard;
  ALTER FUNCTION adds_case_file(uuid, text, text) OWNER TO cabinet_guard;
  GRANT EXECUTE ON FUNCTION reads_case_file(uuid, text, text, boolean), adds_case_file(uuid, text, text) TO cabinet_app;
`;

const leaving = `
  CREATE FUNCTION leave_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    INSERT INTO storage_leavings VALUES (OLD.id::text), (OLD.id::text || '.p') ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
  CREATE FUNCTION leave_upload() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    INSERT INTO storage_leavings SELECT p->>'object' FROM jsonb_array_elements(OLD.parts) p ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
  CREATE TRIGGER files_leave AFTER DELETE ON files FOR EACH ROW EXECUTE FUNCTION leave_file();
  CREATE TRIGGER files_removed AFTER UPDATE OF deleted_at ON files FOR EACH ROW
    WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION leave_file();
  CREATE TRIGGER uploads_leave AFTER DELETE ON uploads FOR EACH ROW EXECUTE FUNCTION leave_upload();
  GRANT INSERT, SELECT ON storage_leavings TO cabinet_writer;
  ALTER FUNCTION leave_file() OWNER TO cabinet_writer;
  ALTER FUNCTION leave_upload() OWNER TO cabinet_writer;
`;

const grants = `
  GRANT SELECT, INSERT ON file_rooms TO cabinet_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON uploads TO cabinet_app;
  GRANT SELECT (id, expires_at), DELETE ON uploads TO cabinet_worker;
  GRANT SELECT, DELETE ON storage_leavings TO cabinet_app, cabinet_worker;
`;

const before: Policy[] = [
  [
    'files',
    'audience',
    'SELECT',
    'cabinet_app',
    `CASE WHEN room_id IS NOT NULL THEN reads_room(room_id) ELSE owner_id = current_person() OR reads_application(case_id) END`,
  ],
  [
    'files',
    'own',
    'INSERT',
    'cabinet_app',
    null,
    `owner_id = current_person() AND (room_id IS NULL AND sees_case(case_id) OR reads_room(room_id))`,
  ],
  ['files', 'own_removal', 'UPDATE', 'cabinet_app', 'owner_id = current_person()', 'owner_id = current_person()'],
];
