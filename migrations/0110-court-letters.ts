import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  ['court_letters', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['court_letters', 'guard_numbers', 'INSERT', 'cabinet_guard', null, 'true'],
];

/**
 * What the House tells a court of its case leaves under a number: that mediation did not begin, how it ended, that a settlement comes.
 * Numbers are of a year and have no gaps. And the register of the court's cases, which is what a court may know of each, in one row.
 */
export class CourtLetters implements MigrationInterface {
  name = 'CourtLetters1764000000110';

  async up(db: QueryRunner) {
    await db.query(table);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(told);
    await db.query(register);
    await db.query(formerly);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP FUNCTION court_register(timestamptz, timestamptz, boolean, timestamptz, uuid, integer);
      DROP FUNCTION register_page(text, timestamptz, timestamptz, boolean, timestamptz, uuid, integer); DROP VIEW court_register_rows;
      DROP TRIGGER cases_tell_court ON cases; DROP FUNCTION tell_court(); DROP TABLE court_letters;`);
  }
}

const kindOf = (state: string) => `CASE WHEN ${state} IN ('DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'REFUSED_SCOPE') THEN 'not_started'
    WHEN ${state} IN ('SETTLED_FULL', 'SETTLED_PARTIAL') THEN 'settled' WHEN ${state} = 'TERMINATED' THEN 'terminated' WHEN ${state} = 'AT_COURT' THEN 'sent' END`;

const table = `
  CREATE TABLE court_letters (
    id uuid CONSTRAINT court_letters_pk PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT court_letters_case REFERENCES cases,
    court_id text NOT NULL CONSTRAINT court_letters_court REFERENCES courts,
    year integer NOT NULL, seq integer NOT NULL CONSTRAINT court_letters_first CHECK (seq >= 1),
    number text GENERATED ALWAYS AS (year || '/' || lpad(seq::text, 5, '0')) STORED,
    kind text NOT NULL CONSTRAINT court_letters_kind CHECK (kind IN ('not_started', 'settled', 'terminated', 'sent')),
    at timestamptz NOT NULL,
    CONSTRAINT court_letters_number UNIQUE (year, seq)
  );
  CREATE INDEX court_letters_of_case ON court_letters (case_id, at);
  CREATE INDEX court_letters_by_moment ON court_letters (court_id, at);
  ALTER TABLE court_letters ENABLE ROW LEVEL SECURITY; ALTER TABLE court_letters FORCE ROW LEVEL SECURITY;
  CREATE TRIGGER court_letters_stand BEFORE UPDATE OR DELETE ON court_letters FOR EACH ROW EXECUTE FUNCTION refuse_change();
  GRANT SELECT, INSERT ON court_letters TO cabinet_guard;
`;

const told = `
  -- With the move itself. One at a time, so that a number is given once and none is left out.
  CREATE FUNCTION tell_court() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    told text := ${kindOf('NEW.state')};
    of_year integer := extract(year FROM NEW.state_since AT TIME ZONE 'Asia/Almaty')::integer;
  BEGIN
    IF told IS NULL OR NEW.court_board IS NULL OR (NEW.state = OLD.state AND NEW.court_id IS NOT DISTINCT FROM OLD.court_id) THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('court_letters', 0));
    INSERT INTO court_letters (id, case_id, court_id, year, seq, kind, at)
      SELECT time_ordered_id(NEW.state_since), NEW.id, NEW.court_id, of_year, coalesce(max(l.seq), 0) + 1, told, NEW.state_since
      FROM court_letters l WHERE l.year = of_year;
    RETURN NULL;
  END $$;
  ALTER FUNCTION tell_court() OWNER TO cabinet_guard;
  CREATE TRIGGER cases_tell_court AFTER UPDATE OF state, court_id ON cases FOR EACH ROW WHEN (NEW.court_id IS NOT NULL) EXECUTE FUNCTION tell_court();
`;

/** What courts were told before letters had numbers. The owner of the tables sees no case, so the guard numbers them. */
const formerly = `
  CREATE FUNCTION number_letters() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO court_letters (id, case_id, court_id, year, seq, kind, at)
    SELECT time_ordered_id(t.state_since), t.id, t.court_id, t.year, row_number() OVER (PARTITION BY t.year ORDER BY t.state_since, t.id), t.kind, t.state_since
    FROM (SELECT c.id, c.court_id, c.state_since, extract(year FROM c.state_since AT TIME ZONE 'Asia/Almaty')::integer AS year, ${kindOf('c.state')} AS kind
      FROM cases c WHERE c.court_board IS NOT NULL) t WHERE t.kind IS NOT NULL $$;
  ALTER FUNCTION number_letters() OWNER TO cabinet_guard;
  GRANT EXECUTE ON FUNCTION number_letters() TO cabinet_owner;
  SELECT number_letters();
  DROP FUNCTION number_letters();
`;

const notStarted = `c.state IN ('DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'REFUSED_SCOPE')`;
const columns = `id uuid, number text, court_case_number text, category text, filed_at timestamptz, state text, state_since timestamptz, mediator text,
    term_at timestamptz, ground text, letters jsonb, outcome text, ruled_on date, ruling_number text, duty_refund boolean, duty_amount numeric`;

const register = `
  CREATE VIEW court_register_rows AS
    SELECT c.court_id, c.id, c.number, c.court_case_number, c.category, c.filed_at, CASE WHEN ${notStarted} THEN 'NOT_STARTED' ELSE c.state END AS state, c.state_since,
      (SELECT concat_ws(' ', p.surname, p.given, nullif(p.patronymic, '')) FROM persons p WHERE p.id = c.mediator_id AND NOT ${notStarted}) AS mediator,
      c.court_term AS term_at, c.ground,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('number', l.number, 'kind', l.kind, 'at', l.at) ORDER BY l.at, l.seq), '[]') FROM court_letters l WHERE l.case_id = c.id) AS letters,
      r.outcome, r.on_date AS ruled_on, r.number AS ruling_number, r.duty_refund, r.duty_amount
    FROM cases c LEFT JOIN LATERAL (SELECT a.outcome, a.on_date, a.number, a.duty_refund, a.duty_amount FROM court_acts a
      WHERE a.case_id = c.id AND a.kind = 'ruling' AND (a.corrects IS NULL OR a.accepted) ORDER BY a.entered_at DESC LIMIT 1) r ON true
    WHERE c.court_board IS NOT NULL;
  ALTER VIEW court_register_rows OWNER TO cabinet_guard;
  -- Those that came in between two moments, or those of which something went out between them; by keyset, in the order in which they came.
  CREATE FUNCTION register_page(of_court text, since timestamptz, before timestamptz, by_letters boolean, beyond timestamptz, beyond_id uuid, at_most integer)
  RETURNS TABLE (${columns}) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  #variable_conflict use_column
  BEGIN
    IF by_letters THEN
      RETURN QUERY SELECT r.id, r.number, r.court_case_number, r.category, r.filed_at, r.state, r.state_since, r.mediator, r.term_at, r.ground, r.letters, r.outcome, r.ruled_on,
        r.ruling_number, r.duty_refund, r.duty_amount FROM court_register_rows r
        WHERE r.court_id = of_court AND r.id IN (SELECT l.case_id FROM court_letters l WHERE l.court_id = of_court AND l.at >= since AND l.at < before)
          AND (beyond IS NULL OR (r.filed_at, r.id) > (beyond, beyond_id)) ORDER BY r.filed_at, r.id LIMIT at_most;
    ELSE
      RETURN QUERY SELECT r.id, r.number, r.court_case_number, r.category, r.filed_at, r.state, r.state_since, r.mediator, r.term_at, r.ground, r.letters, r.outcome, r.ruled_on,
        r.ruling_number, r.duty_refund, r.duty_amount FROM court_register_rows r
        WHERE r.court_id = of_court AND r.filed_at >= since AND r.filed_at < before
          AND (r.filed_at, r.id) > (coalesce(beyond, '-infinity'), coalesce(beyond_id, '00000000-0000-0000-0000-000000000000')) ORDER BY r.filed_at, r.id LIMIT at_most;
    END IF;
  END $$;
  ALTER FUNCTION register_page(text, timestamptz, timestamptz, boolean, timestamptz, uuid, integer) OWNER TO cabinet_guard;
  CREATE FUNCTION court_register(since timestamptz, before timestamptz, by_letters boolean, beyond timestamptz, beyond_id uuid, at_most integer)
  RETURNS TABLE (${columns}) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM register_page(current_court(), since, before, by_letters, beyond, beyond_id, at_most) $$;
  ALTER FUNCTION court_register(timestamptz, timestamptz, boolean, timestamptz, uuid, integer) OWNER TO cabinet_guard;
  GRANT EXECUTE ON FUNCTION court_register(timestamptz, timestamptz, boolean, timestamptz, uuid, integer) TO cabinet_court;
`;
