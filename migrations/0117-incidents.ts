import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const administrator = `current_office() = 'administrator'`;
export const policies: Policy[] = [
  ['audit_witnesses', 'administrator_keeps', 'ALL', 'cabinet_app', administrator, administrator],
  ['audit_witnesses', 'worker_writes_to', 'SELECT', 'cabinet_worker', 'true'],
  ['incidents', 'administrator_keeps', 'ALL', 'cabinet_app', administrator, administrator],
  ['incidents', 'worker_sweeps', 'SELECT', 'cabinet_worker', 'true'],
  ['incidents', 'worker_raises', 'UPDATE', 'cabinet_worker', 'true', 'true'],
  ['incident_tellings', 'administrator_keeps', 'ALL', 'cabinet_app', administrator, administrator],
  ['incident_tellings', 'worker_counts', 'SELECT', 'cabinet_worker', 'true'],
  ['drills', 'administrator_reads', 'SELECT', 'cabinet_app', administrator],
];

/**
 * What an administrator answers for: who is mailed the root of a day; breaches of the security of personal data, each with the clock the law sets
 * (data/deadlines.json, DATA_INCIDENT_NOTICE); and the reports of restoring a backup for a try.
 */
export class Incidents implements MigrationInterface {
  name = 'Incidents1764000000117';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE audit_witnesses (
        id uuid CONSTRAINT audit_witnesses_pk PRIMARY KEY,
        name text NOT NULL CONSTRAINT audit_witnesses_named CHECK (length(name) BETWEEN 2 AND 120),
        email_sealed bytea NOT NULL,
        language text NOT NULL CONSTRAINT audit_witnesses_language CHECK (language IN ('kk', 'ru', 'en')),
        made_by uuid NOT NULL CONSTRAINT audit_witnesses_maker REFERENCES persons,
        since timestamptz NOT NULL, until timestamptz
      );
      CREATE TABLE incidents (
        id uuid CONSTRAINT incidents_pk PRIMARY KEY,
        kind text NOT NULL CONSTRAINT incidents_kind CHECK (kind IN ('access', 'disclosure', 'loss', 'change', 'outage')),
        -- Whether data of people are concerned: without that no clock of the law runs.
        personal boolean NOT NULL,
        people integer CONSTRAINT incidents_people CHECK (people >= 0),
        noticed_at timestamptz NOT NULL, due_at timestamptz,
        story_sealed bytea NOT NULL,
        reported_by uuid NOT NULL CONSTRAINT incidents_reporter REFERENCES persons, reported_at timestamptz NOT NULL,
        overdue_at timestamptz,
        measures_sealed bytea, closed_by uuid CONSTRAINT incidents_closer REFERENCES persons, closed_at timestamptz,
        CONSTRAINT incidents_clock CHECK (personal = (due_at IS NOT NULL)),
        CONSTRAINT incidents_order CHECK (noticed_at <= reported_at),
        CONSTRAINT incidents_end CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (measures_sealed IS NULL))
      );
      CREATE INDEX incidents_running ON incidents (due_at) WHERE overdue_at IS NULL AND closed_at IS NULL;
      CREATE TABLE incident_tellings (
        id uuid CONSTRAINT incident_tellings_pk PRIMARY KEY,
        incident_id uuid NOT NULL CONSTRAINT incident_tellings_incident REFERENCES incidents,
        whom text NOT NULL CONSTRAINT incident_tellings_whom CHECK (whom IN ('authority', 'people', 'partners', 'management')),
        way text NOT NULL CONSTRAINT incident_tellings_way CHECK (way IN ('portal', 'letter', 'mail', 'phone', 'spoken')),
        told_at timestamptz NOT NULL, number text CONSTRAINT incident_tellings_number CHECK (length(number) <= 60),
        told_by uuid NOT NULL CONSTRAINT incident_tellings_teller REFERENCES persons, recorded_at timestamptz NOT NULL,
        CONSTRAINT incident_tellings_order CHECK (told_at <= recorded_at)
      );
      CREATE INDEX incident_tellings_of ON incident_tellings (incident_id);
      CREATE TRIGGER incident_tellings_stand BEFORE UPDATE OR DELETE ON incident_tellings FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TABLE drills (
        id uuid CONSTRAINT drills_pk PRIMARY KEY,
        begun_at timestamptz NOT NULL, ended_at timestamptz NOT NULL, holds boolean NOT NULL, report jsonb NOT NULL
      );
      CREATE TRIGGER drills_stand BEFORE UPDATE OR DELETE ON drills FOR EACH ROW EXECUTE FUNCTION refuse_change();

      ALTER TABLE notifications DROP CONSTRAINT notifications_recipient_kind,
        ADD CONSTRAINT notifications_recipient_kind CHECK (recipient_kind IN ('person', 'party', 'code', 'staff_invitation', 'guest', 'witness'));
      GRANT SELECT, INSERT ON audit_witnesses, incidents, incident_tellings TO cabinet_app;
      GRANT UPDATE (until) ON audit_witnesses TO cabinet_app;
      GRANT UPDATE (measures_sealed, closed_by, closed_at) ON incidents TO cabinet_app;
      GRANT SELECT ON drills TO cabinet_app;
      GRANT SELECT ON audit_witnesses TO cabinet_worker;
      GRANT SELECT (id, due_at, overdue_at, closed_at), UPDATE (overdue_at) ON incidents TO cabinet_worker;
      GRANT SELECT (incident_id, whom, told_at) ON incident_tellings TO cabinet_worker;
    `);
    for (const table of ['audit_witnesses', 'incidents', 'incident_tellings', 'drills'])
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP TABLE drills, incident_tellings, incidents, audit_witnesses;
      UPDATE notifications SET recipient_kind = 'code' WHERE recipient_kind = 'witness'; -- of nobody: what was tried is proof and stays
      ALTER TABLE notifications DROP CONSTRAINT notifications_recipient_kind,
        ADD CONSTRAINT notifications_recipient_kind CHECK (recipient_kind IN ('person', 'party', 'code', 'staff_invitation', 'guest'));`);
  }
}
