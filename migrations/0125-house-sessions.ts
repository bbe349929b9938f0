import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that are reached by the desk and by letters alone, and the short sessions in which their holders use the House's own computer. */
export class HouseSessions implements MigrationInterface {
  name = 'HouseSessions1764000000125';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE persons DROP CONSTRAINT persons_reachable,
        ADD CONSTRAINT persons_reachable CHECK (email_hash IS NOT NULL OR phone_hash IS NOT NULL OR assurance = 'desk');
      -- The code on a paper slip: with it, at the House, its holder goes on.
      ALTER TABLE credentials ADD COLUMN slip_hash bytea CONSTRAINT credentials_slip UNIQUE, ADD COLUMN slip_at timestamptz;
      -- opened_by: the operator at whose computer it runs. behind: the operator's own session, ended, which may be taken up once more by his second factor.
      ALTER TABLE sessions ADD COLUMN opened_by uuid CONSTRAINT sessions_opener REFERENCES persons,
        ADD COLUMN behind uuid CONSTRAINT sessions_behind REFERENCES sessions ON DELETE SET NULL,
        ADD COLUMN parked_at timestamptz,
        ADD CONSTRAINT sessions_opened_at_house CHECK (opened_by IS NULL OR (role = 'citizen' AND NOT own_device AND opened_by <> person_id)),
        ADD CONSTRAINT sessions_behind_house CHECK (behind IS NULL OR opened_by IS NOT NULL),
        ADD CONSTRAINT sessions_parked_ended CHECK (parked_at IS NULL OR revoked_at IS NOT NULL);
      CREATE INDEX sessions_of_behind ON sessions (behind) WHERE behind IS NOT NULL;
    `);
  }

  /** Whoever can't be reached otherwise keeps his account: the older rule binds those who come after. */
  async down(db: QueryRunner) {
    await db.query(`
      DROP INDEX sessions_of_behind;
      ALTER TABLE sessions DROP CONSTRAINT sessions_parked_ended, DROP CONSTRAINT sessions_behind_house, DROP CONSTRAINT sessions_opened_at_house,
        DROP COLUMN parked_at, DROP COLUMN behind, DROP COLUMN opened_by;
      ALTER TABLE credentials DROP COLUMN slip_at, DROP COLUMN slip_hash;
      ALTER TABLE persons DROP CONSTRAINT persons_reachable,
        ADD CONSTRAINT persons_reachable CHECK (email_hash IS NOT NULL OR phone_hash IS NOT NULL) NOT VALID;
    `);
  }
}
