import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';
import { policies as first } from './0093-complaints.js';

const own = `current_office() = 'citizen' AND person_id = current_person()`;
const [, , , , receivedBefore] = first.find(([, name]) => name === 'receiver_answers')!;
/** As in 0093; what its author took back is with him alone. */
const received = `withdrawn_at IS NULL AND (${receivedBefore})`;
const changed = ['own_and_received', 'receiver_answers'];
export const policies: Policy[] = [
  ...first.filter(([, name]) => !changed.includes(name)),
  ['complaints', 'own_and_received', 'SELECT', 'cabinet_app', `${own} OR ${received}`],
  ['complaints', 'receiver_answers', 'UPDATE', 'cabinet_app', received, received],
  ['complaints', 'author_withdraws', 'UPDATE', 'cabinet_app', `${own} AND outcome IS NULL`, `${own} AND outcome IS NULL`],
  ['complaints', 'worker_finds', 'SELECT', 'cabinet_worker', 'true'],
  ['complaints', 'worker_reminds', 'UPDATE', 'cabinet_worker', 'true', 'true'],
];

/** A complaint may be taken back by who made it, and is recalled before and after the end of its time. The worker sees days and codes, no word. */
export class ComplaintCare implements MigrationInterface {
  name = 'ComplaintCare1764000000139';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE complaints ADD COLUMN withdrawn_at timestamptz, ADD COLUMN remind_at timestamptz, ADD COLUMN reminded_at timestamptz, ADD COLUMN raised_at timestamptz,
        ADD CONSTRAINT complaints_withdrawn CHECK (withdrawn_at IS NULL OR outcome IS NULL);
      DROP INDEX complaints_one_open, complaints_waiting;
      CREATE UNIQUE INDEX complaints_one_open ON complaints (person_id, about, coalesce(mediator_id, person_id)) WHERE outcome IS NULL AND withdrawn_at IS NULL;
      CREATE INDEX complaints_waiting ON complaints (due_at) WHERE outcome IS NULL AND withdrawn_at IS NULL;`);
    await replace(db, policies);
    await db.query(`
      GRANT UPDATE (withdrawn_at) ON complaints TO cabinet_app;
      GRANT SELECT (id, person_id, about, due_at, outcome, withdrawn_at, remind_at, reminded_at, raised_at), UPDATE (reminded_at, raised_at) ON complaints TO cabinet_worker;`);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP POLICY author_withdraws ON complaints; DROP POLICY worker_finds ON complaints; DROP POLICY worker_reminds ON complaints;
      REVOKE SELECT (id, person_id, about, due_at, outcome, withdrawn_at, remind_at, reminded_at, raised_at), UPDATE (reminded_at, raised_at) ON complaints FROM cabinet_worker;`);
    await replace(db, first);
    await db.query(`
      DROP INDEX complaints_one_open, complaints_waiting;
      ALTER TABLE complaints DROP COLUMN withdrawn_at, DROP COLUMN remind_at, DROP COLUMN reminded_at, DROP COLUMN raised_at;
      CREATE UNIQUE INDEX complaints_one_open ON complaints (person_id, about, coalesce(mediator_id, person_id)) WHERE outcome IS NULL;
      CREATE INDEX complaints_waiting ON complaints (about, due_at) WHERE outcome IS NULL;`);
  }
}

async function replace(db: QueryRunner, rows: Policy[]) {
  for (const policy of rows.filter(([, name]) => name !== 'party_complains'))
    await db.query(`DROP POLICY IF EXISTS ${policy[1]} ON ${policy[0]}; ${createPolicy(policy)}`);
}
