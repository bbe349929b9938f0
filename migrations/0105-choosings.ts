import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const asDesk = `current_office() = 'coordinator' AND sees_case(case_id)`;
const ownSide = 'speaks_in_choosing(choosing_id, side)';
export const policies: Policy[] = [
  ['choosings', 'case_reads', 'SELECT', 'cabinet_app', `sees_case(case_id) AND current_office() IN ('citizen', 'coordinator')`],
  ['choosings', 'desk_opens', 'INSERT', 'cabinet_app', null, asDesk],
  ['choosings', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['choosings', 'worker_decides', 'UPDATE', 'cabinet_worker', 'true', 'true'],
  ['choosings', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['choosings', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  // What a side wants is its own: no office reads it, and the clockwork alone lays the two beside each other.
  ['choosing_answers', 'own_reads', 'SELECT', 'cabinet_app', ownSide],
  ['choosing_answers', 'own_adds', 'INSERT', 'cabinet_app', null, `${ownSide} AND person_id = current_person()`],
  ['choosing_answers', 'own_changes', 'UPDATE', 'cabinet_app', ownSide, `${ownSide} AND person_id = current_person()`],
  ['choosing_answers', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['choosing_answers', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
];

/** Both sides strike and rank from one list (docs/decisions/0105). Ids alone: the one who decides, the worker, holds no key to content. */
export class Choosings implements MigrationInterface {
  name = 'Choosings1764000000105';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(functions);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(`ALTER FUNCTION speaks_in_choosing(uuid, text) OWNER TO cabinet_guard; ALTER FUNCTION choosing_sides(uuid) OWNER TO cabinet_guard;
      ALTER FUNCTION choosings_follow_case() OWNER TO cabinet_writer;`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TRIGGER cases_end_choosings ON cases; DROP FUNCTION choosings_follow_case();
      DROP TABLE choosing_answers, choosings; DROP FUNCTION speaks_in_choosing(uuid, text); DROP FUNCTION choosing_sides(uuid);`);
  }
}

const tables = `
  CREATE TABLE choosings (
    id uuid CONSTRAINT choosings_pk PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT choosings_case REFERENCES cases,
    -- As both sides see it: json, kept to the letter.
    listed json NOT NULL, seed text NOT NULL,
    opened_by uuid NOT NULL CONSTRAINT choosings_by REFERENCES persons, opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL, nudged_at timestamptz, ended_at timestamptz,
    -- By the sides; by the house, where they left nobody in common or one was silent; nobody is left; or something else came first.
    outcome text CONSTRAINT choosings_outcome CHECK (outcome IN ('sides', 'house', 'nobody', 'lapsed')),
    CONSTRAINT choosings_end_has_an_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT choosings_in_order CHECK (opened_at < due_at)
  );
  CREATE UNIQUE INDEX choosings_one_open ON choosings (case_id) WHERE ended_at IS NULL;
  CREATE INDEX choosings_of_case ON choosings (case_id, opened_at);
  CREATE TABLE choosing_answers (
    choosing_id uuid NOT NULL CONSTRAINT choosing_answers_of REFERENCES choosings,
    side text NOT NULL CONSTRAINT choosing_answers_side CHECK (side IN ('A', 'B')),
    struck uuid[] NOT NULL, ranked uuid[] NOT NULL,
    person_id uuid NOT NULL CONSTRAINT choosing_answers_person REFERENCES persons, answered_at timestamptz NOT NULL,
    CONSTRAINT choosing_answers_pk PRIMARY KEY (choosing_id, side),
    CONSTRAINT choosing_answers_apart CHECK (NOT struck && ranked)
  );
  ALTER TABLE choosings ENABLE ROW LEVEL SECURITY; ALTER TABLE choosings FORCE ROW LEVEL SECURITY;
  ALTER TABLE choosing_answers ENABLE ROW LEVEL SECURITY; ALTER TABLE choosing_answers FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT ON choosings TO cabinet_app;
  GRANT SELECT, UPDATE (nudged_at, ended_at, outcome) ON choosings TO cabinet_worker;
  GRANT SELECT (case_id, outcome), UPDATE (ended_at, outcome) ON choosings TO cabinet_writer;
  GRANT SELECT (id, case_id) ON choosings TO cabinet_guard;
  GRANT SELECT, INSERT ON choosing_answers TO cabinet_app;
  GRANT UPDATE (struck, ranked, person_id, answered_at) ON choosing_answers TO cabinet_app;
  GRANT SELECT ON choosing_answers TO cabinet_worker;
  GRANT SELECT (choosing_id, side) ON choosing_answers TO cabinet_guard;
`;

const functions = `
  CREATE FUNCTION speaks_in_choosing(which uuid, of_side text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT current_office() = 'citizen' AND EXISTS (SELECT 1 FROM choosings c JOIN parties p ON p.case_id = c.case_id
      WHERE c.id = which AND p.side = of_side AND p.person_id = current_person()) $$;
  -- For the desk, which may have to call whoever is silent: who has answered, and nothing of what.
  CREATE FUNCTION choosing_sides(which uuid) RETURNS text[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(SELECT a.side FROM choosing_answers a JOIN choosings c ON c.id = a.choosing_id
      WHERE a.choosing_id = which AND current_office() = 'coordinator' AND sees_case(c.case_id) ORDER BY a.side) $$;
  GRANT EXECUTE ON FUNCTION speaks_in_choosing(uuid, text), choosing_sides(uuid) TO cabinet_app;
  CREATE FUNCTION choosings_follow_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE choosings c SET outcome = 'lapsed', ended_at = NEW.state_since WHERE c.case_id = NEW.id AND c.outcome IS NULL;
    RETURN NULL;
  END $$;
  CREATE TRIGGER cases_end_choosings AFTER UPDATE OF state ON cases FOR EACH ROW
    WHEN (OLD.state = 'CONSENTED' AND NEW.state <> 'CONSENTED') EXECUTE FUNCTION choosings_follow_case();
`;
