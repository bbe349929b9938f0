import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/** Whoever is a party to one case of a pile sees nothing of the choice made for all of them. */
const asDesk = `current_office() = 'coordinator' AND (SELECT coalesce(bool_and(sees_case(one)), false) FROM unnest(case_ids) one)`;
export const policies: Policy[] = [
  ['assignment_batches', 'desk_reads', 'SELECT', 'cabinet_app', asDesk],
  ['assignment_batches', 'desk_keeps', 'INSERT', 'cabinet_app', null, `${asDesk} AND made_by = current_person()`],
  ['assignment_batches', 'worker_finds', 'SELECT', 'cabinet_worker', 'true'],
  ['assignment_batches', 'worker_cleans', 'DELETE', 'cabinet_worker', 'true'],
  ['follow_tries', 'worker_all', 'ALL', 'cabinet_worker', 'true', 'true'],
];

/** What a whole pile was chosen from, so that it can be made again; and when the clockwork last found nobody for a case. */
export class AssignmentBatches implements MigrationInterface {
  name = 'AssignmentBatches1764000000130';

  async up(db: QueryRunner) {
    await db.query(tables);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query('ALTER TABLE assignments DROP COLUMN batch_id; DROP TABLE assignment_batches, follow_tries;');
  }
}

const tables = `
  CREATE TABLE assignment_batches (
    id uuid CONSTRAINT assignment_batches_pk PRIMARY KEY,
    case_ids uuid[] NOT NULL CONSTRAINT assignment_batches_some CHECK (cardinality(case_ids) > 0),
    rules text NOT NULL, seed text NOT NULL,
    -- json, not jsonb: kept to the letter.
    inputs json NOT NULL, result json NOT NULL,
    made_by uuid NOT NULL CONSTRAINT assignment_batches_by REFERENCES persons, made_at timestamptz NOT NULL
  );
  CREATE INDEX assignment_batches_by_age ON assignment_batches (made_at);
  ALTER TABLE assignments ADD COLUMN batch_id uuid CONSTRAINT assignments_batch REFERENCES assignment_batches;
  CREATE INDEX assignments_of_batch ON assignments (batch_id) WHERE batch_id IS NOT NULL;
  CREATE TABLE follow_tries (
    case_id uuid CONSTRAINT follow_tries_pk PRIMARY KEY CONSTRAINT follow_tries_case REFERENCES cases,
    tried_at timestamptz NOT NULL
  );
  ALTER TABLE assignment_batches ENABLE ROW LEVEL SECURITY; ALTER TABLE assignment_batches FORCE ROW LEVEL SECURITY;
  ALTER TABLE follow_tries ENABLE ROW LEVEL SECURITY; ALTER TABLE follow_tries FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT ON assignment_batches TO cabinet_app;
  GRANT SELECT (id, made_at), DELETE ON assignment_batches TO cabinet_worker;
  GRANT SELECT (batch_id) ON assignments TO cabinet_worker;
  GRANT SELECT, INSERT, UPDATE (tried_at) ON follow_tries TO cabinet_worker;
`;
