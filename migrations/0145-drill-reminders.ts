import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  ['drill_reminders', 'worker_raises', 'ALL', 'cabinet_worker', 'true', 'true'],
  ['drills', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
];

/** A restore is tried every month. The worker holds no right to a backup, so it asks whoever does: once a week until one was done and held. */
export class DrillReminders implements MigrationInterface {
  name = 'DrillReminders1764000000145';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE drill_reminders (raised_at timestamptz CONSTRAINT drill_reminders_pk PRIMARY KEY);
      ALTER TABLE drill_reminders ENABLE ROW LEVEL SECURITY; ALTER TABLE drill_reminders FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT ON drill_reminders TO cabinet_worker;
      GRANT SELECT (ended_at, holds) ON drills TO cabinet_worker;`);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(
      `DROP TABLE drill_reminders; DROP POLICY worker_reads ON drills; REVOKE SELECT (ended_at, holds) ON drills FROM cabinet_worker;`,
    );
  }
}
