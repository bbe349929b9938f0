import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const bouncePolicies: Policy[] = [
  ['bounces', 'app_notes', 'INSERT', 'cabinet_app', null, `current_office() = 'system' AND handled_at IS NULL`],
  ['bounces', 'worker_follows', 'ALL', 'cabinet_worker', 'true', 'true'],
  // Who calls our mail unwanted gets no more courtesies by mail; the worker can say no more than that.
  ['notice_wishes', 'worker_ends', 'INSERT', 'cabinet_worker', null, `channel = 'email' AND NOT wanted`],
  ['notice_wishes', 'worker_changes', 'UPDATE', 'cabinet_worker', `channel = 'email'`, `channel = 'email' AND NOT wanted`],
];

/** What mail providers tell afterwards of a mail they had taken. The api notes it, the worker follows it. */
export class Bounces implements MigrationInterface {
  name = 'Bounces1764000000013';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE bounces (
        id uuid CONSTRAINT bounces_pk PRIMARY KEY,
        provider text NOT NULL, event_key text NOT NULL,
        notification_id uuid NOT NULL,
        verdict text NOT NULL CONSTRAINT bounces_verdict CHECK (verdict IN ('delivered', 'delayed', 'bounced', 'complained')),
        status text NOT NULL,
        received_at timestamptz NOT NULL, handled_at timestamptz,
        -- Told again is refused.
        CONSTRAINT bounces_once UNIQUE (provider, event_key)
      );
      CREATE INDEX bounces_waiting ON bounces (received_at) WHERE handled_at IS NULL;
      ALTER TABLE bounces ENABLE ROW LEVEL SECURITY; ALTER TABLE bounces FORCE ROW LEVEL SECURITY;
      GRANT INSERT ON bounces TO cabinet_app;
      GRANT SELECT, UPDATE ON bounces TO cabinet_worker;
      GRANT INSERT, UPDATE ON notice_wishes TO cabinet_worker;
    `);
    for (const policy of bouncePolicies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`DROP POLICY worker_ends ON notice_wishes; DROP POLICY worker_changes ON notice_wishes;
      REVOKE INSERT, UPDATE ON notice_wishes FROM cabinet_worker; DROP TABLE bounces;`);
  }
}
