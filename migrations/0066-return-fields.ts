import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is to be mended, field by field: sealed with the case's key beside the notes to the whole. */
export class ReturnFields implements MigrationInterface {
  name = 'ReturnFields1764000000066';

  async up(db: QueryRunner) {
    await db.query('ALTER TABLE applications ADD COLUMN return_fields_sealed bytea');
  }

  async down(db: QueryRunner) {
    await db.query('ALTER TABLE applications DROP COLUMN return_fields_sealed');
  }
}
