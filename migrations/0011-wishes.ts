import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/** Whose wish it is, that person alone reads and says; the worker heeds them. */
export const wishPolicies: Policy[] = [
  ['notice_wishes', 'own', 'SELECT', 'cabinet_app', 'person_id = current_person()'],
  ['notice_wishes', 'own_said', 'INSERT', 'cabinet_app', null, 'person_id = current_person()'],
  ['notice_wishes', 'own_changed', 'UPDATE', 'cabinet_app', 'person_id = current_person()', 'person_id = current_person()'],
  ['notice_wishes', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['notice_hours', 'own', 'SELECT', 'cabinet_app', 'person_id = current_person()'],
  ['notice_hours', 'own_said', 'INSERT', 'cabinet_app', null, 'person_id = current_person()'],
  ['notice_hours', 'own_changed', 'UPDATE', 'cabinet_app', 'person_id = current_person()', 'person_id = current_person()'],
  ['notice_hours', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
];
const tables = ['notice_wishes', 'notice_hours'];

/** What a person wants to hear of, how and when; and which notices travelled together in one message. */
export class Wishes implements MigrationInterface {
  name = 'Wishes1764000000011';

  async up(db: QueryRunner) {
    await db.query(`
      -- Only what somebody has said. What is not said: libs/notifications, rules/kinds.ts.
      CREATE TABLE notice_wishes (
        person_id uuid NOT NULL CONSTRAINT notice_wishes_person REFERENCES persons,
        kind text NOT NULL,
        channel text NOT NULL CONSTRAINT notice_wishes_channel CHECK (channel IN ('email', 'sms', 'push')),
        wanted boolean NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT notice_wishes_pk PRIMARY KEY (person_id, kind, channel)
      );
      CREATE TABLE notice_hours (
        person_id uuid CONSTRAINT notice_hours_pk PRIMARY KEY CONSTRAINT notice_hours_person REFERENCES persons,
        zone text NOT NULL,
        quiet_from text NOT NULL CONSTRAINT notice_hours_from CHECK (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        quiet_to text NOT NULL CONSTRAINT notice_hours_to CHECK (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        changed_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE ON notice_wishes, notice_hours TO cabinet_app;
      GRANT SELECT ON notice_wishes, notice_hours TO cabinet_worker;

      -- The notice in whose message this one travels. A message that is tried again carries the same ones.
      ALTER TABLE notifications ADD carried_by uuid CONSTRAINT notifications_carrier REFERENCES notifications;
      CREATE INDEX notifications_carried ON notifications (carried_by) WHERE carried_by IS NOT NULL;
      CREATE INDEX notifications_waiting_for ON notifications (recipient_id) WHERE state = 'waiting' AND urgency = 'courtesy';
    `);
    for (const table of tables)
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`);
    for (const policy of wishPolicies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`DROP INDEX notifications_waiting_for, notifications_carried; ALTER TABLE notifications DROP COLUMN carried_by;
      DROP TABLE notice_hours, notice_wishes;`);
  }
}
