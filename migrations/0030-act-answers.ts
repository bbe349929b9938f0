import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const own = 'person_id = current_person()';

export const policies: Policy[] = [
  ['act_answers', 'own_read', 'SELECT', 'cabinet_app', own],
  ['act_answers', 'own_claim', 'INSERT', 'cabinet_app', null, own],
  ['act_answers', 'own_answer', 'UPDATE', 'cabinet_app', own, own],
  ['act_answers', 'worker_finds', 'SELECT', 'cabinet_worker', 'true'],
  ['act_answers', 'worker_forgets', 'DELETE', 'cabinet_worker', 'true'],
];

/** An act with an `Idempotency-Key`: who asked what, as a keyed hash, and the answer, sealed with that person's key. */
export class ActAnswers implements MigrationInterface {
  name = 'ActAnswers1764000000030';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE act_answers (
        person_id uuid NOT NULL CONSTRAINT act_answers_person REFERENCES persons,
        key text NOT NULL CONSTRAINT act_answers_key CHECK (length(key) BETWEEN 1 AND 200),
        request_hash bytea NOT NULL,
        answer_sealed bytea,
        asked_at timestamptz NOT NULL,
        CONSTRAINT act_answers_pk PRIMARY KEY (person_id, key)
      );
      CREATE INDEX act_answers_by_age ON act_answers (asked_at);
      ALTER TABLE act_answers ENABLE ROW LEVEL SECURITY;
      ALTER TABLE act_answers FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (answer_sealed) ON act_answers TO cabinet_app;
      GRANT SELECT (person_id, key, asked_at), DELETE ON act_answers TO cabinet_worker;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query('DROP TABLE act_answers');
  }
}
