import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const pushPolicies: Policy[] = [
  ['push_subscriptions', 'own', 'SELECT', 'cabinet_app', 'person_id = current_person()'],
  ['push_subscriptions', 'own_added', 'INSERT', 'cabinet_app', null, 'person_id = current_person()'],
  ['push_subscriptions', 'own_ended', 'DELETE', 'cabinet_app', 'person_id = current_person()'],
  ['push_subscriptions', 'worker_sends', 'SELECT', 'cabinet_worker', 'true'],
  ['push_subscriptions', 'worker_ends', 'DELETE', 'cabinet_worker', 'true'],
  ['push_subscriptions', 'writer_ends', 'DELETE', 'cabinet_writer', 'true'],
  ['push_subscriptions', 'writer_finds', 'SELECT', 'cabinet_writer', 'true'],
];

/** Devices that asked for notices. Each hangs on the session that asked: whatever ends the session ends it. */
export class Push implements MigrationInterface {
  name = 'Push1764000000012';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE push_subscriptions (
        id uuid CONSTRAINT push_subscriptions_pk PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT push_subscriptions_person REFERENCES persons,
        session_id uuid NOT NULL CONSTRAINT push_subscriptions_session REFERENCES sessions ON DELETE CASCADE,
        endpoint_hash bytea NOT NULL CONSTRAINT push_subscriptions_endpoint UNIQUE,
        -- Address and keys of the device, sealed as a contact of the person.
        device_sealed bytea NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX push_subscriptions_person ON push_subscriptions (person_id);
      CREATE INDEX push_subscriptions_session ON push_subscriptions (session_id);
      ALTER TABLE push_subscriptions ENABLE ROW LEVEL SECURITY; ALTER TABLE push_subscriptions FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, DELETE ON push_subscriptions TO cabinet_app;
      GRANT SELECT, DELETE ON push_subscriptions TO cabinet_worker;
      GRANT SELECT (session_id), DELETE ON push_subscriptions TO cabinet_writer;

      CREATE FUNCTION end_push() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        DELETE FROM push_subscriptions WHERE session_id = NEW.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER sessions_end_push AFTER UPDATE OF revoked_at ON sessions FOR EACH ROW
        WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION end_push();
    `);
    for (const policy of pushPolicies) await db.query(createPolicy(policy));
    await db.query('ALTER FUNCTION end_push() OWNER TO cabinet_writer');
  }

  async down(db: QueryRunner) {
    await db.query('DROP TRIGGER sessions_end_push ON sessions; DROP FUNCTION end_push(); DROP TABLE push_subscriptions;');
  }
}
