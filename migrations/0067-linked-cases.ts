import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const both = `current_office() = 'coordinator' AND sees_case(case_id) AND sees_case(other_id)`;
export const policies: Policy[] = [
  ['linked_cases', 'desk_reads', 'SELECT', 'cabinet_app', both],
  ['linked_cases', 'desk_links', 'INSERT', 'cabinet_app', null, `linked_by = current_person() AND ${both}`],
  ['linked_cases', 'desk_unlinks', 'UPDATE', 'cabinet_app', both, both],
];

/** Cases that belong together, or are one dispute filed twice: offered to the desk by what is alike, linked by a coordinator. Parties learn nothing of it. */
export class LinkedCases implements MigrationInterface {
  name = 'LinkedCases1764000000067';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(similar);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query('ALTER FUNCTION similar_cases(uuid, integer) OWNER TO cabinet_guard');
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION similar_cases(uuid, integer); DROP TABLE linked_cases;
      DROP INDEX parties_by_id_number; DROP INDEX parties_by_email; DROP INDEX parties_by_phone; DROP INDEX cases_by_court_number;
      REVOKE SELECT (id_number_hash, email_hash, phone_hash) ON parties FROM cabinet_guard;`);
  }
}

const tables = `
  CREATE TABLE linked_cases (
    case_id uuid NOT NULL CONSTRAINT linked_cases_one REFERENCES cases, other_id uuid NOT NULL CONSTRAINT linked_cases_other REFERENCES cases,
    linked_by uuid NOT NULL CONSTRAINT linked_cases_by REFERENCES persons, linked_at timestamptz NOT NULL,
    unlinked_by uuid CONSTRAINT linked_cases_unlinker REFERENCES persons, unlinked_at timestamptz,
    CONSTRAINT linked_cases_pk PRIMARY KEY (case_id, other_id, linked_at),
    CONSTRAINT linked_cases_in_order CHECK (case_id < other_id)
  );
  CREATE UNIQUE INDEX linked_cases_once ON linked_cases (case_id, other_id) WHERE unlinked_at IS NULL;
  CREATE INDEX linked_cases_of_other ON linked_cases (other_id) WHERE unlinked_at IS NULL;
  ALTER TABLE linked_cases ENABLE ROW LEVEL SECURITY; ALTER TABLE linked_cases FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT, UPDATE (unlinked_by, unlinked_at) ON linked_cases TO cabinet_app;
  CREATE INDEX parties_by_id_number ON parties (id_number_hash) WHERE id_number_hash IS NOT NULL;
  CREATE INDEX parties_by_email ON parties (email_hash) WHERE email_hash IS NOT NULL;
  CREATE INDEX parties_by_phone ON parties (phone_hash) WHERE phone_hash IS NOT NULL;
  CREATE INDEX cases_by_court_number ON cases (court_case_number) WHERE court_case_number IS NOT NULL;
  GRANT SELECT (id_number_hash, email_hash, phone_hash) ON parties TO cabinet_guard;
`;

/** Filed cases with the same people (by keyed hash of number or contact) or the same case of a court. For the desk, and not of a dispute of its own. */
const similar = `
  CREATE FUNCTION similar_cases(which uuid, at_most integer) RETURNS TABLE (id uuid, alike text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH own AS (SELECT p.id_number_hash, p.email_hash, p.phone_hash FROM parties p WHERE p.case_id = which AND current_office() = 'coordinator' AND sees_case(which)),
    hits AS (
      SELECT p.case_id, 'people' AS why FROM own JOIN parties p ON p.id_number_hash = own.id_number_hash
      UNION SELECT p.case_id, 'contacts' FROM own JOIN parties p ON p.email_hash = own.email_hash
      UNION SELECT p.case_id, 'contacts' FROM own JOIN parties p ON p.phone_hash = own.phone_hash
      UNION SELECT c.id, 'court' FROM cases o JOIN cases c ON c.court_case_number = o.court_case_number AND c.court_id = o.court_id
        WHERE o.id = which AND current_office() = 'coordinator' AND sees_case(which)
    )
    SELECT h.case_id, array_agg(DISTINCT h.why ORDER BY h.why) FROM hits h JOIN cases c ON c.id = h.case_id
    WHERE h.case_id <> which AND c.number IS NOT NULL AND c.state <> 'DRAFT'
      AND NOT EXISTS (SELECT 1 FROM parties mine WHERE mine.case_id = c.id AND mine.person_id = current_person())
    GROUP BY h.case_id ORDER BY count(DISTINCT h.why) DESC, h.case_id DESC LIMIT at_most $$;
  GRANT EXECUTE ON FUNCTION similar_cases(uuid, integer) TO cabinet_app;
`;
