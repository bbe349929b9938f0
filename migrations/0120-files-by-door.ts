import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  // What lies with an application is read by who reads the application (0073).
  ['files', 'co_mediator_reads', 'SELECT', 'cabinet_app', `room_id IS NULL AND purpose = 'application' AND co_mediates(case_id)`],
  ['file_rooms', 'writer_forgets', 'ALL', 'cabinet_writer', 'true', `key_sealed = '' AND name_sealed = ''`],
];

/**
 * Who wrote a case down for others as an office is no citizen of it: the files of its side are the side's own, as its words are (0032). And
 * with a file that is removed, its key and its name go from every room it was let into.
 */
export class FilesByDoor implements MigrationInterface {
  name = 'FilesByDoor1764000000120';

  async up(db: QueryRunner) {
    await db.query(questions(`c.door = 'self' AND c.created_by`));
    await db.query(leaving(forget));
    await db.query('GRANT SELECT (file_id), UPDATE (key_sealed, name_sealed) ON file_rooms TO cabinet_writer');
    for (const policy of policies) await db.query(createPolicy(policy));
    // What was removed before. The owner sees rows of neither table while their policies bind him too.
    await db.query(`
      ALTER TABLE files NO FORCE ROW LEVEL SECURITY; ALTER TABLE file_rooms NO FORCE ROW LEVEL SECURITY;
      UPDATE file_rooms s SET key_sealed = '', name_sealed = '' FROM files f WHERE f.id = s.file_id AND f.deleted_at IS NOT NULL;
      ALTER TABLE files FORCE ROW LEVEL SECURITY; ALTER TABLE file_rooms FORCE ROW LEVEL SECURITY;`);
  }

  async down(db: QueryRunner) {
    for (const [table, name] of policies) await db.query(`DROP POLICY ${name} ON ${table}`);
    await db.query('REVOKE SELECT (file_id), UPDATE (key_sealed, name_sealed) ON file_rooms FROM cabinet_writer');
    await db.query(leaving(''));
    await db.query(questions('c.created_by'));
  }
}

const questions = (writtenBy: string) => `
  CREATE OR REPLACE FUNCTION reads_case_file(which uuid, of_side text, what text, wide boolean) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND CASE current_office()
      WHEN 'citizen' THEN (of_side = 'A' AND ${writtenBy} = current_person())
        OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person() AND (wide OR p.side = of_side))
      WHEN 'mediator' THEN c.mediator_id = current_person()
      WHEN 'coordinator' THEN (c.state IN ('SUBMITTED', 'RETURNED', 'REFUSED_SCOPE', 'INVITED', 'DECLINED', 'NO_RESPONSE', 'CONSENTED', 'MEDIATOR_OFFERED')
          OR (c.state = 'DRAFT' AND c.created_by = current_person()) OR (what = 'power' AND c.state <> 'DRAFT'))
        AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      ELSE false END) $$;
  CREATE OR REPLACE FUNCTION adds_case_file(which uuid, of_side text, what text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND CASE what
      WHEN 'application' THEN of_side = 'A' AND CASE current_office()
        WHEN 'citizen' THEN c.state IN ('DRAFT', 'RETURNED') AND (${writtenBy} = current_person()
          OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person() AND p.side = 'A'))
        WHEN 'coordinator' THEN c.state = 'DRAFT' AND c.created_by = current_person() ELSE false END
      WHEN 'power' THEN c.state NOT IN ('CLOSED', 'ARCHIVED') AND CASE current_office()
        WHEN 'citizen' THEN (of_side = 'A' AND ${writtenBy} = current_person())
          OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person() AND p.side = of_side)
        WHEN 'coordinator' THEN (c.state <> 'DRAFT' OR c.created_by = current_person())
          AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person()) ELSE false END
      ELSE false END) $$;`;

const forget = `UPDATE file_rooms s SET key_sealed = '', name_sealed = '' WHERE s.file_id = OLD.id;`;
const leaving = (forgetting: string) => `
  CREATE OR REPLACE FUNCTION leave_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    INSERT INTO storage_leavings VALUES (OLD.id::text), (OLD.id::text || '.p') ON CONFLICT DO NOTHING;
    ${forgetting}
    RETURN NULL;
  END $$;`;
