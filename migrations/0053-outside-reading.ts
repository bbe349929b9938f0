import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a calendar's server said of the last reading, so that it need not be sent again; and whether a proposal's hours were found by the
 * cabinet (then the mediator's other calendar counts at booking, too) or named by a person, who knows his own calendar.
 */
export class OutsideReading implements MigrationInterface {
  name = 'OutsideReading1764000000053';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE outside_calendars
        ADD etag text CONSTRAINT outside_calendars_etag CHECK (length(etag) <= 200),
        ADD last_modified text CONSTRAINT outside_calendars_last_modified CHECK (length(last_modified) <= 200),
        ADD read_at timestamptz;
      ALTER TABLE proposals ADD found boolean NOT NULL DEFAULT false;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`
      ALTER TABLE proposals DROP found;
      ALTER TABLE outside_calendars DROP read_at, DROP last_modified, DROP etag;
    `);
  }
}
