import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  [
    'case_openings',
    'administrator_and_parties_read',
    'SELECT',
    'cabinet_app',
    `current_office() = 'administrator' OR (current_office() = 'citizen' AND is_participant(case_id))`,
  ],
  ['case_openings', 'guard_opens', 'ALL', 'cabinet_guard', 'true', 'true'],
];

/** What an administrator may see of one case, for a while, having said why: states, days and places. No name, no word, nobody's doing. */
const metadata = `
  CREATE FUNCTION opened_case(which uuid, moment timestamptz) RETURNS TABLE (number text, state text, category text, district text, door text, language text,
    filed_at timestamptz, state_since timestamptz, contract_at timestamptz, term_ends_at timestamptz, closed_at timestamptz, court_id text, has_mediator boolean,
    due_at timestamptz, undelivered boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.number, c.state, c.category, c.district, c.door, c.language, c.filed_at, c.state_since, c.contract_at, c.term_ends_at, c.closed_at, c.court_id,
      c.mediator_id IS NOT NULL,
      (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL),
      EXISTS (SELECT 1 FROM notifications n WHERE n.case_id = c.id AND n.legal AND n.state = 'failed')
    FROM case_openings o JOIN cases c ON c.id = o.case_id
    WHERE o.id = which AND o.person_id = current_person() AND current_office() = 'administrator' AND o.ended_at IS NULL
      AND o.opened_at <= moment AND moment < o.until $$;
  -- The facts that a court, too, may know, and by which office: no person's.
  CREATE FUNCTION opened_facts(which uuid, moment timestamptz) RETURNS TABLE (seq bigint, type text, at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.seq, e.type, e.at FROM case_openings o JOIN events e ON e.case_id = o.case_id
    WHERE o.id = which AND o.person_id = current_person() AND current_office() = 'administrator' AND o.ended_at IS NULL
      AND o.opened_at <= moment AND moment < o.until
      AND e.type IN ('case.submitted', 'case.invited', 'case.reinvited', 'case.consented', 'case.court_named', 'case.mediation_started', 'case.extended',
        'case.settled', 'case.terminated', 'case.sent_to_court', 'case.court_ruled', 'case.closed', 'case.archived', 'case.metadata_opened')
    ORDER BY e.seq $$;
`;

/** The way an administrator opens the metadata of one case: the ground, the fact, the end and the trace are of one transaction, or there is no opening. */
export class Openings implements MigrationInterface {
  name = 'Openings1764000000116';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE case_openings (
        id uuid CONSTRAINT case_openings_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT case_openings_case REFERENCES cases,
        person_id uuid NOT NULL CONSTRAINT case_openings_person REFERENCES persons,
        ground_sealed bytea NOT NULL,
        opened_at timestamptz NOT NULL, until timestamptz NOT NULL, ended_at timestamptz,
        CONSTRAINT case_openings_short CHECK (until > opened_at AND until <= opened_at + interval '1 hour')
      );
      CREATE INDEX case_openings_of_case ON case_openings (case_id);
      ALTER TABLE case_openings ENABLE ROW LEVEL SECURITY; ALTER TABLE case_openings FORCE ROW LEVEL SECURITY;

      -- An office is not held in one's own dispute. A number that is none, a draft and one's own case look alike.
      CREATE FUNCTION open_metadata(opening uuid, sought text, ground bytea, at timestamptz, until timestamptz) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE found uuid;
      BEGIN
        SELECT c.id INTO found FROM cases c WHERE c.number = sought AND c.state <> 'DRAFT' AND current_office() = 'administrator'
          AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person());
        IF found IS NULL THEN RETURN false; END IF;
        INSERT INTO case_openings (id, case_id, person_id, ground_sealed, opened_at, until) VALUES (opening, found, current_person(), ground, at, open_metadata.until);
        INSERT INTO case_looks (case_id, person_id, capacity, what, hour) VALUES (found, current_person(), 'administrator', 'case', date_trunc('hour', at))
          ON CONFLICT DO NOTHING;
        PERFORM record_event(time_ordered_id(at), found, 'case.metadata_opened', current_person(), 'administrator', at,
          jsonb_build_object('dueAt', to_char(open_metadata.until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
        RETURN true;
      END $$;
      CREATE FUNCTION end_metadata(opening uuid, at timestamptz) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        UPDATE case_openings o SET ended_at = at WHERE o.id = opening AND o.person_id = current_person() AND current_office() = 'administrator' AND o.ended_at IS NULL;
        RETURN FOUND;
      END $$;
      ${metadata}
      GRANT SELECT, INSERT ON case_openings TO cabinet_guard;
      GRANT UPDATE (ended_at) ON case_openings TO cabinet_guard;
      GRANT SELECT ON case_openings TO cabinet_app;
      GRANT EXECUTE ON FUNCTION open_metadata(uuid, text, bytea, timestamptz, timestamptz), end_metadata(uuid, timestamptz),
        opened_case(uuid, timestamptz), opened_facts(uuid, timestamptz) TO cabinet_app;
      ALTER FUNCTION open_metadata(uuid, text, bytea, timestamptz, timestamptz) OWNER TO cabinet_guard;
      ALTER FUNCTION end_metadata(uuid, timestamptz) OWNER TO cabinet_guard;
      ALTER FUNCTION opened_case(uuid, timestamptz) OWNER TO cabinet_guard;
      ALTER FUNCTION opened_facts(uuid, timestamptz) OWNER TO cabinet_guard;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION opened_facts(uuid, timestamptz); DROP FUNCTION opened_case(uuid, timestamptz); DROP FUNCTION end_metadata(uuid, timestamptz);
      DROP FUNCTION open_metadata(uuid, text, bytea, timestamptz, timestamptz); DROP TABLE case_openings;`);
  }
}
