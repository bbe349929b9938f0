import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which facts of a month are told, as 0098 wrote it, and without those of cases that a wrong table brought. */
const every = `JOIN cases c ON c.id = e.case_id
      WHERE e.at >=`;
const butUndone = `JOIN cases c ON c.id = e.case_id
      WHERE NOT (c.state = 'WITHDRAWN' AND EXISTS (SELECT 1 FROM events u WHERE u.case_id = c.id AND u.type = 'case.import_undone'))
        AND e.at >=`;

/**
 * The open dates of one case, in words that fit no index of open dates: where nothing is known yet of how many there are, those of the whole
 * House were looked through for a case's two.
 */
const open = 'd.fired_at IS NULL AND d.cancelled_at IS NULL';
const openOfCase = 'num_nulls(d.fired_at, d.cancelled_at) = 2';
const byCase = ['date_court()', 'objections_follow_case()'];

/**
 * What came with a wrong table and was taken back never came: no month counts it. A month that was closed before stays as it was counted.
 * And thousands of such cases come and go in seconds.
 */
export class UndoneReferrals implements MigrationInterface {
  name = 'UndoneReferrals1764000000131';

  async up(db: QueryRunner) {
    await rewrite(db, 'count_case_month(date)', every, butUndone);
    await db.query('CREATE INDEX deadlines_of_case ON deadlines (case_id)');
    for (const name of byCase) await rewrite(db, name, open, openOfCase);
  }

  async down(db: QueryRunner) {
    for (const name of byCase) await rewrite(db, name, openOfCase, open);
    await db.query('DROP INDEX deadlines_of_case');
    await rewrite(db, 'count_case_month(date)', butUndone, every);
  }
}

/** The words of a function that stands, but for these: of the count (0098), which facts are told; of a case's dates (0121) and objections (0088), how they are found. */
export async function rewrite(db: QueryRunner, name: string, from: string, to: string) {
  const [{ text }] = (await db.query('SELECT pg_get_functiondef($1::regprocedure) AS text', [name])) as [{ text: string }];
  if (!text.includes(from)) throw new Error(`${name} is not as it was.`);
  await db.query(text.replaceAll(from, () => to));
}
