import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/**
 * Who receives a complaint: of a mediator the desk, of the desk the administrator who holds no place at it. Never who is complained of, nor
 * who complains, nor a coordinator in his own dispute.
 */
const received = `person_id IS DISTINCT FROM current_person() AND (
  about = 'mediator' AND current_office() = 'coordinator' AND mediator_id IS DISTINCT FROM current_person() AND sees_case(case_id)
  OR about = 'desk' AND current_office() = 'administrator'
    AND NOT EXISTS (SELECT 1 FROM person_roles r WHERE r.person_id = current_person() AND r.role = 'coordinator'))`;
export const policies: Policy[] = [
  [
    'complaints',
    'own_and_received',
    'SELECT',
    'cabinet_app',
    `current_office() = 'citizen' AND person_id = current_person() OR ${received}`,
  ],
  [
    'complaints',
    'party_complains',
    'INSERT',
    'cabinet_app',
    null,
    `current_office() = 'citizen' AND person_id = current_person() AND (case_id IS NULL OR is_participant(case_id))
      AND (mediator_id IS NULL OR mediator_id IN (SELECT id FROM mediators_of_case(case_id)))`,
  ],
  ['complaints', 'receiver_answers', 'UPDATE', 'cabinet_app', received, received],
];

/** A complaint about a mediator or the desk, and its answer. The words lie sealed with a key of the complaint's own, which no worker holds. */
export class Complaints implements MigrationInterface {
  name = 'Complaints1764000000093';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE complaints (
        id uuid CONSTRAINT complaints_pk PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT complaints_person REFERENCES persons,
        about text NOT NULL CONSTRAINT complaints_about CHECK (about IN ('mediator', 'desk')),
        mediator_id uuid CONSTRAINT complaints_mediator REFERENCES mediators,
        case_id uuid CONSTRAINT complaints_case REFERENCES cases,
        words_sealed bytea NOT NULL,
        made_at timestamptz NOT NULL, due_at timestamptz NOT NULL,
        outcome text CONSTRAINT complaints_outcome CHECK (outcome IN ('founded', 'unfounded')),
        answer_sealed bytea, answered_at timestamptz, answered_by uuid CONSTRAINT complaints_by REFERENCES persons,
        CONSTRAINT complaints_of_a_mediator CHECK ((about = 'mediator') = (mediator_id IS NOT NULL) AND (mediator_id IS NULL OR case_id IS NOT NULL)),
        CONSTRAINT complaints_answered CHECK ((outcome IS NULL) = (answered_at IS NULL) AND (outcome IS NULL) = (answer_sealed IS NULL) AND (outcome IS NULL) = (answered_by IS NULL)),
        CONSTRAINT complaints_not_judged_by_its_own CHECK (answered_by NOT IN (person_id, coalesce(mediator_id, person_id)))
      );
      CREATE UNIQUE INDEX complaints_one_open ON complaints (person_id, about, coalesce(mediator_id, person_id)) WHERE outcome IS NULL;
      CREATE INDEX complaints_waiting ON complaints (about, due_at) WHERE outcome IS NULL;
      -- Who mediates the case, or did: for its parties, to say of whom they complain.
      CREATE FUNCTION mediators_of_case(which uuid) RETURNS TABLE (id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT c.mediator_id FROM cases c WHERE c.id = which AND c.mediator_id IS NOT NULL AND is_participant(which)
        UNION SELECT o.mediator_id FROM offers o WHERE o.case_id = which AND o.answer = 'accepted' AND is_participant(which) $$;
      GRANT EXECUTE ON FUNCTION mediators_of_case(uuid) TO cabinet_app;
      ALTER FUNCTION mediators_of_case(uuid) OWNER TO cabinet_guard;`);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(`
      ALTER TABLE complaints ENABLE ROW LEVEL SECURITY; ALTER TABLE complaints FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (outcome, answer_sealed, answered_at, answered_by) ON complaints TO cabinet_app;`);
  }

  async down(db: QueryRunner) {
    await db.query('DROP TABLE complaints; DROP FUNCTION mediators_of_case(uuid);');
  }
}
