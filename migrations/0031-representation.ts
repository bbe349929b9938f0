import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who acts for a party and by what power; what a party needs. Number and issuer of a power of attorney are sealed with the party's key,
 * its last day and its powers stand in clear: they decide who may sign.
 */
export class Representation implements MigrationInterface {
  name = 'Representation1764000000031';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE parties
        ADD COLUMN attorney_sealed bytea, ADD COLUMN attorney_until date,
        ADD COLUMN attorney_powers text[] CONSTRAINT parties_attorney_powers CHECK (attorney_powers <@ '{take_part,sign_contract,sign_settlement,receive_money}'),
        ADD COLUMN accessibility text[] NOT NULL DEFAULT '{}',
        ADD COLUMN interpreter text CONSTRAINT parties_interpreter CHECK (interpreter ~ '^[a-z]{2}$'),
        ADD COLUMN channel text CONSTRAINT parties_channel CHECK (channel IN ('email', 'sms', 'letter'))
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`ALTER TABLE parties DROP COLUMN attorney_sealed, DROP COLUMN attorney_until, DROP COLUMN attorney_powers,
      DROP COLUMN accessibility, DROP COLUMN interpreter, DROP COLUMN channel`);
  }
}
