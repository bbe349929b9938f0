import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  ['safety_answers', 'mediator_reads', 'SELECT', 'cabinet_app', `current_office() = 'mediator' AND is_participant(case_id)`],
  [
    'safety_answers',
    'own_answer',
    'INSERT',
    'cabinet_app',
    null,
    `person_id = current_person() AND current_office() IN ('citizen', 'coordinator') AND sees_case(case_id)`,
  ],
];

/**
 * Is it safe to talk to the other side? Asked of each side alone, sealed with the case's key, and read by the accepted mediator only:
 * not even who answered gets it back on a screen that somebody may look at. The desk sees one boolean of the case.
 */
export class Safety implements MigrationInterface {
  name = 'Safety1764000000033';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE safety_answers (
        id uuid CONSTRAINT safety_answers_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT safety_answers_case REFERENCES cases,
        person_id uuid NOT NULL CONSTRAINT safety_answers_person REFERENCES persons,
        side text NOT NULL CONSTRAINT safety_answers_side CHECK (side IN ('A', 'B')),
        answer_sealed bytea NOT NULL,
        given_at timestamptz NOT NULL
      );
      CREATE INDEX safety_answers_of_case ON safety_answers (case_id);
      ALTER TABLE safety_answers ENABLE ROW LEVEL SECURITY;
      ALTER TABLE safety_answers FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT ON safety_answers TO cabinet_app;
      ALTER TABLE applications ADD COLUMN safety_answered boolean NOT NULL DEFAULT false;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query('DROP TABLE safety_answers; ALTER TABLE applications DROP COLUMN safety_answered');
  }
}
