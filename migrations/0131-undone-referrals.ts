import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which facts of a month are told, as 0098 wrote it, and without those of cases that a wrong table brought. */
const every = `JOIN cases c ON c.id = e.case_id
      WHERE e.at >=`;
const butUndone = `JOIN cases c ON c.id = e.case_id
      WHERE NOT (c.state = 'WITHDRAWN' AND EXISTS (SELECT 1 FROM events u WHERE u.case_id = c.id AND u.type = 'case.import_undone'))
        AND e.at >=`;

/**
 * What came with a wrong table and was taken back never came: no month counts it. A month that was closed before stays as it was counted.
 * And thousands of such cases go in seconds.
 */
export class UndoneReferrals implements MigrationInterface {
  name = 'UndoneReferrals1764000000131';

  async up(db: QueryRunner) {
    await this.rewrite(db, every, butUndone);
    // By which the court's term of a case is found, with each of its dates that changes (0096): without it all dates of the House are read.
    await db.query(`CREATE INDEX deadlines_of_court_term ON deadlines (case_id) WHERE code = 'COURT_PENDING' AND cancelled_at IS NULL`);
  }

  async down(db: QueryRunner) {
    await db.query('DROP INDEX deadlines_of_court_term');
    await this.rewrite(db, butUndone, every);
  }

  /** The one place of the count (0098) that says which facts are told. */
  private async rewrite(db: QueryRunner, from: string, to: string) {
    const [{ text }] = (await db.query(`SELECT pg_get_functiondef('count_case_month(date)'::regprocedure) AS text`)) as [{ text: string }];
    if (!text.includes(from)) throw new Error('count_case_month is not as 0098 wrote it.');
    await db.query(text.replace(from, () => to));
  }
}
