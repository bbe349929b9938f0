import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A closed month tells that it is closed and when. The sum over all its lines stood beside it, hidden ones among them: one more equation for whoever seeks them. */
export class ClosingsAlone implements MigrationInterface {
  name = 'ClosingsAlone1764000000101';

  async up(db: QueryRunner) {
    await db.query(`
      DROP VIEW report_periods;
      ALTER TABLE report_closings DROP COLUMN facts;
      ${view('c.month, c.closed_at')}`);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP VIEW report_periods;
      ALTER TABLE report_closings ADD facts bigint NOT NULL DEFAULT 0;
      ALTER TABLE report_closings ALTER facts DROP DEFAULT;
      ${view('c.month, c.closed_at, c.facts')}`);
  }
}

const view = (columns: string) => `
  CREATE VIEW report_periods WITH (security_barrier) AS SELECT ${columns} FROM report_closings c;
  GRANT SELECT ON report_periods TO cabinet_report;
  ALTER VIEW report_periods OWNER TO cabinet_guard;`;
