import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';
import { rewrite } from './rewriting.js';

export const policies: Policy[] = [
  ['settled_amounts', 'writer_adds', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['settled_amounts', 'guard_counts', 'SELECT', 'cabinet_guard', 'true'],
];

/**
 * Line 14 of the reports. What a settlement is worth is a word of its text, which parties confirm and nobody else reads; when it is concluded
 * the sum is added to those of the month and the kind of dispute, and stands nowhere with a case. A month is counted over its distinct
 * cases' traits first and cut afterwards: a tenth of the rows.
 */
export class SettledAmounts implements MigrationInterface {
  name = 'SettledAmounts1764000000144';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE settled_amounts (
        month date NOT NULL CONSTRAINT settled_amounts_month CHECK (extract(day FROM month) = 1),
        category text NOT NULL,
        n integer NOT NULL CONSTRAINT settled_amounts_count CHECK (n > 0),
        total numeric(20, 0) NOT NULL CONSTRAINT settled_amounts_total CHECK (total > 0),
        CONSTRAINT settled_amounts_pk PRIMARY KEY (month, category)
      );
      ALTER TABLE settled_amounts ENABLE ROW LEVEL SECURITY; ALTER TABLE settled_amounts FORCE ROW LEVEL SECURITY;
      -- By whoever has just concluded the settlement of a case, in the transaction that did.
      CREATE FUNCTION add_settled_amount(which uuid, in_month date, amount numeric) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF amount IS NULL OR amount <= 0 OR NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND c.state IN ('SETTLED_FULL', 'SETTLED_PARTIAL')
          AND CASE current_office() WHEN 'mediator' THEN c.mediator_id = current_person()
            WHEN 'citizen' THEN EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person()) ELSE false END) THEN RETURN false; END IF;
        INSERT INTO settled_amounts AS s (month, category, n, total) SELECT in_month, c.category, 1, amount FROM cases c WHERE c.id = which
          ON CONFLICT (month, category) DO UPDATE SET n = s.n + 1, total = s.total + excluded.total;
        RETURN true;
      END $$;
      GRANT SELECT (category) ON cases TO cabinet_writer;
      GRANT SELECT, INSERT, UPDATE ON settled_amounts TO cabinet_writer;
      GRANT SELECT ON settled_amounts TO cabinet_guard;
      GRANT EXECUTE ON FUNCTION add_settled_amount(uuid, date, numeric) TO cabinet_app;
      ALTER FUNCTION add_settled_amount(uuid, date, numeric) OWNER TO cabinet_writer;`);
    for (const policy of policies) await db.query(createPolicy(policy));
    await rewrite(db, 'count_month', events, `${amounts}${events}`);
    await rewrite(db, 'count_case_month', oneByOne, together);
  }

  async down(db: QueryRunner) {
    await rewrite(db, 'count_case_month', together, oneByOne);
    await rewrite(db, 'count_month', `${amounts}${events}`, events);
    await db.query(`DROP FUNCTION add_settled_amount(uuid, date, numeric); DROP TABLE settled_amounts;
      REVOKE SELECT (category) ON cases FROM cabinet_writer;`);
  }
}

const events = `UNION ALL SELECT l.line, v.dim, v.value, sum(CASE l.line`;
const amounts = `UNION ALL SELECT 'amounts_settled', v.dim, v.value, sum(a.n)::bigint, sum(a.total) FROM settled_amounts a
          CROSS JOIN LATERAL (VALUES ('all', 'all'), ('category', a.category)) AS v (dim, value) WHERE a.month = which GROUP BY 2, 3
        `;
const oneByOne = `SELECT c.line, v.dim, v.value, count(*) AS n, sum(c.amount) AS total FROM counted c`;
const together = `SELECT c.line, v.dim, v.value, sum(c.n)::bigint AS n, sum(c.amount) AS total FROM (
        SELECT k.line, k.category, k.district, k.language, k.mediator_kind, k.door, k.own, k.cut, count(*) AS n, sum(k.amount) AS amount
        FROM counted k WHERE k.line IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) c`;
