import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  // Who came later is not told what was before him: how often an application went back and forth is its applicant's.
  [
    'case_looks',
    'party_reads',
    'SELECT',
    'cabinet_app',
    `current_office() = 'citizen' AND EXISTS (SELECT 1 FROM parties p WHERE p.case_id = case_looks.case_id AND p.person_id = current_person()
      AND (p.side = 'A' OR case_looks.hour >= date_trunc('hour', p.joined_at)) AND (case_looks.side IS NULL OR case_looks.side = p.side))`,
  ],
  ['case_looks', 'guard_notes', 'ALL', 'cabinet_guard', 'true', 'true'],
];

/**
 * Who of the offices, the court and the mediators has opened a case, its papers or a file of it, and in which hour. It stands apart from the facts of
 * the case: it is for the parties alone. Rooms are not in it, whoever reads them.
 */
export class Looks implements MigrationInterface {
  name = 'Looks1764000000115';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE case_looks (
        case_id uuid NOT NULL CONSTRAINT case_looks_case REFERENCES cases,
        person_id uuid NOT NULL CONSTRAINT case_looks_person REFERENCES persons,
        capacity text NOT NULL CONSTRAINT case_looks_capacity CHECK (capacity IN ('coordinator', 'mediator', 'co_mediator', 'offered', 'court', 'administrator')),
        what text NOT NULL CONSTRAINT case_looks_what CHECK (what IN ('application', 'case', 'paper', 'file', 'chain')),
        -- Whose file it was; null for what is both sides'.
        side text CONSTRAINT case_looks_side CHECK (side IN ('A', 'B')),
        court_id text CONSTRAINT case_looks_court REFERENCES courts,
        hour timestamptz NOT NULL CONSTRAINT case_looks_hour CHECK (hour = date_trunc('hour', hour)),
        CONSTRAINT case_looks_once UNIQUE NULLS NOT DISTINCT (case_id, hour, person_id, capacity, what, side)
      );
      CREATE INDEX case_looks_of_person ON case_looks (person_id, case_id, what);
      CREATE TRIGGER case_looks_stand BEFORE UPDATE OR DELETE ON case_looks FOR EACH ROW EXECUTE FUNCTION refuse_change();
      ALTER TABLE case_looks ENABLE ROW LEVEL SECURITY; ALTER TABLE case_looks FORCE ROW LEVEL SECURITY;

      -- The one way in: for who asks, and for nobody else. A mediator's work is noted once of each thing: the hours at which he comes back would
      -- tell one side when he talks with the other.
      CREATE FUNCTION note_look(which uuid, what text, of_side text, at timestamptz) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        as_what text := CASE current_office()
          WHEN 'coordinator' THEN CASE WHEN sees_case(which) THEN 'coordinator' END
          WHEN 'court' THEN (SELECT 'court' FROM cases c WHERE c.id = which AND c.court_id = current_court() AND c.court_board IS NOT NULL)
          WHEN 'mediator' THEN CASE WHEN EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND c.mediator_id = current_person()) THEN 'mediator'
            WHEN co_mediates(which) THEN 'co_mediator' WHEN sees_case(which) THEN 'offered' END END;
      BEGIN
        IF as_what IS NULL OR current_person() IS NULL THEN RETURN false; END IF;
        IF current_office() = 'mediator' AND EXISTS (SELECT 1 FROM case_looks l WHERE l.case_id = which AND l.person_id = current_person()
          AND l.capacity = as_what AND l.what = note_look.what AND l.side IS NOT DISTINCT FROM of_side) THEN RETURN true; END IF;
        INSERT INTO case_looks (case_id, person_id, capacity, what, side, court_id, hour)
          VALUES (which, current_person(), as_what, note_look.what, of_side, CASE as_what WHEN 'court' THEN current_court() END, date_trunc('hour', at))
          ON CONFLICT DO NOTHING;
        RETURN true;
      END $$;
      GRANT SELECT, INSERT ON case_looks TO cabinet_guard;
      GRANT SELECT ON case_looks TO cabinet_app;
      GRANT EXECUTE ON FUNCTION co_mediates(uuid) TO cabinet_guard;
      GRANT EXECUTE ON FUNCTION note_look(uuid, text, text, timestamptz) TO cabinet_app, cabinet_court;
      ALTER FUNCTION note_look(uuid, text, text, timestamptz) OWNER TO cabinet_guard;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(
      `DROP FUNCTION note_look(uuid, text, text, timestamptz); DROP TABLE case_looks; REVOKE EXECUTE ON FUNCTION co_mediates(uuid) FROM cabinet_guard;`,
    );
  }
}
