import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [['training_days', 'desk_moves', 'DELETE', 'cabinet_app', `current_office() = 'coordinator'`]];

/** A training that has not begun may be held on other days or elsewhere; how often it was changed is the number that calendars follow. */
export class TrainingMoves implements MigrationInterface {
  name = 'TrainingMoves1764000000141';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE trainings ADD COLUMN changes integer NOT NULL DEFAULT 0;
      GRANT UPDATE (place, enrol_until, changes) ON trainings TO cabinet_app;
      GRANT DELETE ON training_days TO cabinet_app;`);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP POLICY desk_moves ON training_days; REVOKE DELETE ON training_days FROM cabinet_app;
      REVOKE UPDATE (place, enrol_until, changes) ON trainings FROM cabinet_app; ALTER TABLE trainings DROP COLUMN changes;`);
  }
}
