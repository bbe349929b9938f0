import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  ['uploads', 'system_sees_waiting', 'SELECT', 'cabinet_app', `current_office() = 'system' AND is_waiting AND received = bytes`],
];

/** What waits for the scanner is looked at again by the api itself, which names the owner for it. */
export class WaitingFiles implements MigrationInterface {
  name = 'WaitingFiles1764000000087';

  async up(db: QueryRunner) {
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query('CREATE INDEX uploads_waiting ON uploads (id) WHERE is_waiting');
  }

  async down(db: QueryRunner) {
    await db.query('DROP INDEX uploads_waiting; DROP POLICY system_sees_waiting ON uploads');
  }
}
