import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [['availabilities', 'worker_knows_zone', 'SELECT', 'cabinet_worker', 'true']];

/** Messages tell readers abroad the hour on their own clock: the worker learns a person's zone, and nothing else of that person's times. */
export class SecondZone implements MigrationInterface {
  name = 'SecondZone1764000000054';

  async up(db: QueryRunner) {
    await db.query('GRANT SELECT (person_id, zone) ON availabilities TO cabinet_worker');
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(
      'DROP POLICY worker_knows_zone ON availabilities; REVOKE SELECT (person_id, zone) ON availabilities FROM cabinet_worker',
    );
  }
}
