import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = ['register_details', 'certificates', 'register_changes'].map((table) => [
  table,
  'writer_takes_back',
  'ALL',
  'cabinet_writer',
  'true',
  'true',
]);

/** An entry of the register that came with a table goes again with that table, as long as nothing has happened to it and nothing refers to it. */
export class TakeBackMediators implements MigrationInterface {
  name = 'TakeBackMediators1764000000125';

  async up(db: QueryRunner) {
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(`
      GRANT SELECT (mediator_id), DELETE ON register_details, certificates, register_changes TO cabinet_writer;
      GRANT SELECT (course, number, valid_until) ON certificates TO cabinet_writer;
      GRANT SELECT (person_id, version), UPDATE (certificate_number, certificate_until), DELETE ON mediators TO cabinet_writer;
      CREATE FUNCTION take_back_mediator(subject uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF current_office() IS DISTINCT FROM 'coordinator' OR subject = current_person() THEN RETURN false; END IF;
        DELETE FROM register_details WHERE mediator_id = subject;
        DELETE FROM certificates WHERE mediator_id = subject;
        DELETE FROM register_changes WHERE mediator_id = subject;
        DELETE FROM mediators WHERE person_id = subject AND version = 1;
        IF NOT FOUND THEN RAISE foreign_key_violation; END IF; -- changed since: all of it stays
        RETURN true;
      EXCEPTION WHEN foreign_key_violation OR restrict_violation THEN RETURN false;
      END $$;
      ALTER FUNCTION take_back_mediator(uuid) OWNER TO cabinet_writer;
      REVOKE ALL ON FUNCTION take_back_mediator(uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION take_back_mediator(uuid) TO cabinet_app;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP FUNCTION take_back_mediator(uuid);
      REVOKE SELECT (person_id, version), UPDATE (certificate_number, certificate_until), DELETE ON mediators FROM cabinet_writer;
      REVOKE SELECT (course, number, valid_until) ON certificates FROM cabinet_writer;
      REVOKE SELECT (mediator_id), DELETE ON register_details, certificates, register_changes FROM cabinet_writer;`);
    for (const [table, name] of policies) await db.query(`DROP POLICY ${name} ON ${table}`);
  }
}
