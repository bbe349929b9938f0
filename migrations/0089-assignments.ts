import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const asDesk = `current_office() = 'coordinator' AND sees_case(case_id)`;
export const policies: Policy[] = [
  // What a choice was made from tells how others are loaded: for the desk alone. What speaks for the chosen one is for the parties too.
  ['assignments', 'desk_reads', 'SELECT', 'cabinet_app', asDesk],
  ['assignments', 'desk_keeps', 'INSERT', 'cabinet_app', null, asDesk],
  ['assignments', 'worker_keeps', 'INSERT', 'cabinet_worker', null, 'true'],
  ['assignments', 'worker_follows', 'SELECT', 'cabinet_worker', 'true'],
  ['assignment_reasons', 'case_reads', 'SELECT', 'cabinet_app', `is_participant(case_id) OR ${asDesk}`],
  ['assignment_reasons', 'desk_keeps', 'INSERT', 'cabinet_app', null, asDesk],
  ['assignment_reasons', 'worker_keeps', 'INSERT', 'cabinet_worker', null, 'true'],
  ['offers', 'worker_offers', 'INSERT', 'cabinet_worker', null, 'offered_by IS NULL'],
];

/** How each mediator was chosen: all that it depended on, so that the choice can be made again, and what of it the parties may read. */
export class Assignments implements MigrationInterface {
  name = 'Assignments1764000000089';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(facts);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query('ALTER FUNCTION assignment_facts(timestamptz, timestamptz) OWNER TO cabinet_guard');
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION assignment_facts(timestamptz, timestamptz); DROP TABLE assignment_reasons, assignments;
      DROP POLICY worker_offers ON offers; DELETE FROM offers WHERE offered_by IS NULL; ALTER TABLE offers ALTER COLUMN offered_by SET NOT NULL;
      REVOKE INSERT ON offers FROM cabinet_worker; REVOKE UPDATE (person_id) ON mediators FROM cabinet_worker; REVOKE SELECT (answer) ON offers FROM cabinet_guard;`);
  }
}

const tables = `
  CREATE TABLE assignments (
    id uuid CONSTRAINT assignments_pk PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT assignments_case REFERENCES cases,
    offer_id uuid NOT NULL CONSTRAINT assignments_offer REFERENCES offers CONSTRAINT assignments_one_an_offer UNIQUE,
    mediator_id uuid NOT NULL CONSTRAINT assignments_mediator REFERENCES mediators,
    rules text NOT NULL, seed text NOT NULL, place integer NOT NULL, among integer NOT NULL,
    -- json, not jsonb: kept to the letter.
    inputs json NOT NULL, result json NOT NULL,
    made_by uuid CONSTRAINT assignments_by REFERENCES persons, made_at timestamptz NOT NULL
  );
  CREATE INDEX assignments_of_case ON assignments (case_id, made_at);
  CREATE TABLE assignment_reasons (
    offer_id uuid CONSTRAINT assignment_reasons_pk PRIMARY KEY CONSTRAINT assignment_reasons_offer REFERENCES offers,
    case_id uuid NOT NULL CONSTRAINT assignment_reasons_case REFERENCES cases,
    mediator_id uuid NOT NULL CONSTRAINT assignment_reasons_mediator REFERENCES mediators,
    terms jsonb NOT NULL
  );
  CREATE INDEX assignment_reasons_of_case ON assignment_reasons (case_id, mediator_id);
  ALTER TABLE assignments ENABLE ROW LEVEL SECURITY; ALTER TABLE assignments FORCE ROW LEVEL SECURITY;
  ALTER TABLE assignment_reasons ENABLE ROW LEVEL SECURITY; ALTER TABLE assignment_reasons FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT ON assignments, assignment_reasons TO cabinet_app;
  GRANT SELECT (offer_id, case_id, made_at), INSERT ON assignments TO cabinet_worker;
  GRANT INSERT ON assignment_reasons TO cabinet_worker;
  GRANT INSERT ON offers TO cabinet_worker;
  -- To hold a mediator's row while his places are counted; nothing of it is changed.
  GRANT UPDATE (person_id) ON mediators TO cabinet_worker;
  GRANT SELECT (answer) ON offers TO cabinet_guard;
  GRANT SELECT (answer) ON offers TO cabinet_guard;
  -- By itself, after somebody declined or did not answer: then nobody offered it.
  ALTER TABLE offers ALTER COLUMN offered_by DROP NOT NULL;
`;

const facts = `
  -- What the register does not hold of a mediator: how often he has ended such a case, when he took his last one, his week and what is taken in it.
  CREATE FUNCTION assignment_facts(since timestamptz, until timestamptz)
  RETURNS TABLE (mediator_id uuid, concluded jsonb, taken_at timestamptz, weekly jsonb, busy jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.person_id,
      (SELECT jsonb_object_agg(t.category, t.n) FROM (SELECT c.category, count(*) AS n FROM cases c
        WHERE c.mediator_id = m.person_id AND c.contract_at IS NOT NULL AND NOT case_is_live(c.state) GROUP BY c.category) t),
      (SELECT max(o.answered_at) FROM offers o WHERE o.mediator_id = m.person_id AND o.answer = 'accepted'),
      coalesce(h.weekly, m.weekly),
      (SELECT jsonb_agg(jsonb_build_array(extract(epoch FROM lower(t.during)), extract(epoch FROM upper(t.during)))) FROM (
        SELECT b.during FROM bookings b WHERE b.subject_id = m.person_id AND b.cancelled_at IS NULL AND b.during && tstzrange(since, until)
        UNION ALL SELECT e.during FROM hour_exceptions e WHERE e.person_id = m.person_id AND NOT e.open AND e.during && tstzrange(since, until)
        UNION ALL SELECT x.during FROM outside_busy x WHERE x.person_id = m.person_id AND x.during && tstzrange(since, until)) t)
    FROM mediators m LEFT JOIN mediator_hours h ON h.person_id = m.person_id
    WHERE current_office() IN ('coordinator', 'system') $$;
  GRANT EXECUTE ON FUNCTION assignment_facts(timestamptz, timestamptz) TO cabinet_app, cabinet_worker;
`;
