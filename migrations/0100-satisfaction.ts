import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  ['satisfaction_given', 'own_reads', 'SELECT', 'cabinet_app', `person_id = current_person() AND current_office() = 'citizen'`],
  ['satisfaction_given', 'writer_marks', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['satisfaction', 'writer_adds', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['satisfaction', 'guard_counts', 'SELECT', 'cabinet_guard', 'true'],
];

/**
 * What parties thought of a stage, added up where it arrives: by month, stage and language of mediation, and nobody's answers stay by themselves.
 * Who has been asked is kept apart, without a time, and says neither what was answered nor whether anything was.
 */
export class Satisfaction implements MigrationInterface {
  name = 'Satisfaction1764000000100';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(functions);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP FUNCTION give_satisfaction(uuid, text, date, integer[]); DROP FUNCTION count_month(date);
      ALTER FUNCTION count_case_month(date) RENAME TO count_month; GRANT EXECUTE ON FUNCTION count_month(date) TO cabinet_worker;
      DROP TABLE satisfaction, satisfaction_given; REVOKE SELECT (language) ON cases FROM cabinet_writer;
      ${reportTable(`'days_to_contract', 'days_to_end'`)}`);
  }
}

const tables = `
  -- One row for all answers of a month: a row that the next answer writes anew does not tell what the last one was.
  CREATE TABLE satisfaction (
    month date NOT NULL CONSTRAINT satisfaction_month CHECK (extract(day FROM month) = 1),
    stage text NOT NULL CONSTRAINT satisfaction_stage CHECK (stage IN ('intake', 'contract', 'mediation', 'performance')),
    language text NOT NULL,
    overall_n integer NOT NULL, overall_total integer NOT NULL, clear_n integer NOT NULL, clear_total integer NOT NULL,
    heard_n integer NOT NULL, heard_total integer NOT NULL, timely_n integer NOT NULL, timely_total integer NOT NULL,
    CONSTRAINT satisfaction_pk PRIMARY KEY (month, stage, language)
  );
  CREATE TABLE satisfaction_given (
    case_id uuid NOT NULL CONSTRAINT satisfaction_given_case REFERENCES cases,
    person_id uuid NOT NULL CONSTRAINT satisfaction_given_person REFERENCES persons,
    stage text NOT NULL,
    CONSTRAINT satisfaction_given_pk PRIMARY KEY (case_id, person_id, stage)
  );
  ALTER TABLE satisfaction ENABLE ROW LEVEL SECURITY; ALTER TABLE satisfaction FORCE ROW LEVEL SECURITY;
  ALTER TABLE satisfaction_given ENABLE ROW LEVEL SECURITY; ALTER TABLE satisfaction_given FORCE ROW LEVEL SECURITY;
  GRANT SELECT ON satisfaction_given TO cabinet_app;
  GRANT SELECT, INSERT ON satisfaction_given TO cabinet_writer;
  GRANT SELECT, INSERT, UPDATE ON satisfaction TO cabinet_writer;
  GRANT SELECT ON satisfaction TO cabinet_guard;
  GRANT SELECT (language) ON cases TO cabinet_writer;
`;

const questions = ['overall', 'clear', 'heard', 'timely'];
const columns = questions.flatMap((one) => [`${one}_n`, `${one}_total`]);

/** The reports' view, with the mean alone of the lines that are means (0098). */
const reportTable = (means: string) => `
  CREATE OR REPLACE VIEW report_table WITH (security_barrier) AS
    SELECT c.period, c.line, c.dim, c.value, CASE WHEN c.shown AND c.line NOT IN (${means}) THEN c.n END AS n,
      CASE WHEN c.shown AND c.n > 0 THEN CASE WHEN c.line IN (${means}) THEN round(c.total / c.n, 1) ELSE c.total END END AS total
    FROM report_cells c;`;

const functions = `
  -- A party, once a stage. Whoever would rather not say leaves the same trace as who said.
  CREATE FUNCTION give_satisfaction(which uuid, at_stage text, in_month date, scores integer[]) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF current_office() IS DISTINCT FROM 'citizen' OR NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = which AND p.person_id = current_person())
      OR EXISTS (SELECT 1 FROM unnest(scores) AS s WHERE s NOT BETWEEN 1 AND 5) THEN RETURN false; END IF;
    INSERT INTO satisfaction_given (case_id, person_id, stage) VALUES (which, current_person(), at_stage) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO satisfaction AS s (month, stage, language, ${columns.join(', ')})
    SELECT in_month, at_stage, c.language, ${questions.map((_, at) => `(scores[${at + 1}] IS NOT NULL)::integer, coalesce(scores[${at + 1}], 0)`).join(', ')}
    FROM cases c WHERE c.id = which
    ON CONFLICT (month, stage, language) DO UPDATE SET ${columns.map((one) => `${one} = s.${one} + excluded.${one}`).join(', ')};
    RETURN true;
  END $$;
  GRANT EXECUTE ON FUNCTION give_satisfaction(uuid, text, date, integer[]) TO cabinet_app;
  ALTER FUNCTION give_satisfaction(uuid, text, date, integer[]) OWNER TO cabinet_writer;

  ALTER FUNCTION count_month(date) RENAME TO count_case_month;
  REVOKE EXECUTE ON FUNCTION count_case_month(date) FROM cabinet_worker;
  CREATE FUNCTION count_month(which date) RETURNS TABLE (line text, dim text, value text, n bigint, total numeric)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM count_case_month(which)
    UNION ALL
    SELECT 'satisfaction', v.dim, v.value, sum(v.n)::bigint, sum(v.total)::numeric FROM satisfaction s
    CROSS JOIN LATERAL (VALUES ('all', 'all', s.overall_n, s.overall_total), ('stage', s.stage, s.overall_n, s.overall_total),
      ('language', s.language, s.overall_n, s.overall_total), ('question', 'clear', s.clear_n, s.clear_total),
      ('question', 'heard', s.heard_n, s.heard_total), ('question', 'timely', s.timely_n, s.timely_total)) AS v (dim, value, n, total)
    WHERE s.month = which GROUP BY 2, 3 HAVING sum(v.n) > 0 $$;
  GRANT EXECUTE ON FUNCTION count_month(date) TO cabinet_worker;
  ALTER FUNCTION count_month(date) OWNER TO cabinet_guard;
  ${reportTable(`'days_to_contract', 'days_to_end', 'satisfaction'`)}
`;
