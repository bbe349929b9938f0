import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';
import { rewrite } from './0131-undone-referrals.js';

export const policies: Policy[] = [
  ['files', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['files', 'guard_passes', 'UPDATE', 'cabinet_guard', 'room_id IS NULL AND desk_id IS NOT NULL', 'owner_id <> desk_id'],
  ['uploads', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
];

const toTell = 'PERFORM pg_advisory_xact_lock';
const unlessUndone = `IF EXISTS (SELECT 1 FROM events e WHERE e.case_id = NEW.id AND e.type = 'case.import_undone') THEN RETURN NULL; END IF;
    ${toTell}`;

/**
 * What the desk adds for a side is that side's own, as soon as somebody of it has come: it alone opens it wider or takes it away. What of the
 * storage no row names can be asked for, so that a crash between the bytes and their row leaves nothing for ever. And no court is told, under
 * a number, that a case did not begin which a wrong table brought.
 */
export class FilesOfSides implements MigrationInterface {
  name = 'FilesOfSides1764000000133';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE files ADD COLUMN desk_id uuid CONSTRAINT files_desk REFERENCES persons,
        ADD CONSTRAINT files_desk_of_side CHECK (desk_id IS NULL OR room_id IS NULL);
      GRANT SELECT (id, case_id, room_id, side, owner_id, desk_id, deleted_at), UPDATE (owner_id, desk_id) ON files TO cabinet_guard;
      GRANT SELECT (id, parts) ON uploads TO cabinet_guard;
      CREATE INDEX invitations_of_case ON invitations (case_id);`);
    await db.query(formerly);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(passing);
    await db.query(unnamed);
    await rewrite(db, 'tell_court()', toTell, unlessUndone);
  }

  async down(db: QueryRunner) {
    await rewrite(db, 'tell_court()', unlessUndone, toTell);
    await db.query(`
      DROP FUNCTION objects_unnamed(text[]);
      DROP TRIGGER parties_take_files ON parties; DROP TRIGGER files_pass ON files; DROP FUNCTION pass_files();`);
    for (const [table, name] of policies) await db.query(`DROP POLICY ${name} ON ${table}`);
    await db.query(`
      DROP INDEX invitations_of_case;
      REVOKE SELECT (id, parts) ON uploads FROM cabinet_guard;
      REVOKE SELECT (id, case_id, room_id, side, owner_id, desk_id, deleted_at), UPDATE (owner_id, desk_id) ON files FROM cabinet_guard;
      ALTER TABLE files DROP COLUMN desk_id;`);
  }
}

/** What the desk added before: whose owner is neither of the case nor wrote it as a citizen. */
const formerly = `
  CREATE POLICY guard_marks ON files FOR ALL TO cabinet_guard USING (true) WITH CHECK (true);
  CREATE FUNCTION mark_the_desks() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE files f SET desk_id = f.owner_id WHERE f.room_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = f.case_id AND p.person_id = f.owner_id)
      AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = f.case_id AND c.door = 'self' AND c.created_by = f.owner_id);
    UPDATE files f SET owner_id = p.person_id
      FROM (SELECT DISTINCT ON (q.case_id, q.side) q.case_id, q.side, q.person_id FROM parties q WHERE q.person_id IS NOT NULL ORDER BY q.case_id, q.side, q.ordinal) p
      WHERE f.case_id = p.case_id AND f.side = p.side AND f.desk_id = f.owner_id AND f.desk_id <> p.person_id $$;
  ALTER FUNCTION mark_the_desks() OWNER TO cabinet_guard;
  GRANT EXECUTE ON FUNCTION mark_the_desks() TO cabinet_owner;
  SELECT mark_the_desks();
  DROP FUNCTION mark_the_desks();
  DROP POLICY guard_marks ON files;
`;

const passing = `
  -- Called with a file that the desk added, and with a party who came: whichever is later.
  CREATE FUNCTION pass_files() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE files f SET owner_id = p.person_id
      FROM (SELECT DISTINCT ON (q.side) q.side, q.person_id FROM parties q WHERE q.case_id = NEW.case_id AND q.person_id IS NOT NULL ORDER BY q.side, q.ordinal) p
      WHERE f.case_id = NEW.case_id AND f.side = p.side AND f.desk_id = f.owner_id AND f.desk_id <> p.person_id;
    RETURN NULL;
  END $$;
  ALTER FUNCTION pass_files() OWNER TO cabinet_guard;
  CREATE TRIGGER files_pass AFTER INSERT ON files FOR EACH ROW WHEN (NEW.desk_id IS NOT NULL) EXECUTE FUNCTION pass_files();
  CREATE TRIGGER parties_take_files AFTER INSERT OR UPDATE OF person_id ON parties FOR EACH ROW WHEN (NEW.person_id IS NOT NULL) EXECUTE FUNCTION pass_files();
`;

const unnamed = `
  -- Of these objects of the storage: those that neither a file nor an upload names. Half of one, which a crash left, is named by nobody.
  CREATE FUNCTION objects_unnamed(objects text[]) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o FROM unnest(objects) o
    WHERE o LIKE '%.half' OR (o NOT IN (SELECT p->>'object' FROM uploads u CROSS JOIN jsonb_array_elements(u.parts) p)
      AND NOT EXISTS (SELECT 1 FROM uploads u WHERE u.id = left(o, 36)::uuid)
      AND NOT EXISTS (SELECT 1 FROM files f WHERE f.id = left(o, 36)::uuid AND f.deleted_at IS NULL)) $$;
  ALTER FUNCTION objects_unnamed(text[]) OWNER TO cabinet_guard;
  REVOKE ALL ON FUNCTION objects_unnamed(text[]) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION objects_unnamed(text[]) TO cabinet_worker;
`;
