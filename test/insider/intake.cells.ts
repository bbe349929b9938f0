import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const blob = `'\\x00'::bytea`;

export const intakeCells: Cell[] = [
  {
    table: 'act_answers',
    what: 'sees',
    sql: `SELECT 1 FROM act_answers WHERE person_id = '${w.ana}'`,
    by: ['ana', 'anaAsCoordinator', 'worker'],
  },
  {
    table: 'act_answers',
    what: 'reads the answer',
    sql: `SELECT answer_sealed FROM act_answers WHERE person_id = '${w.ana}'`,
    by: ['ana', 'anaAsCoordinator'],
  },
  {
    table: 'act_answers',
    what: 'claims as Boris',
    sql: `INSERT INTO act_answers (person_id, key, request_hash, asked_at) VALUES ('${w.boris}', 'key', ${blob}, ${at})`,
    by: ['boris'],
  },
  {
    table: 'act_answers',
    what: 'answers',
    sql: `UPDATE act_answers SET answer_sealed = ${blob} WHERE person_id = '${w.ana}' RETURNING person_id`,
    by: ['ana', 'anaAsCoordinator'],
  },
  {
    table: 'act_answers',
    what: 'forgets',
    sql: `DELETE FROM act_answers WHERE person_id = '${w.ana}'`,
    by: ['worker'],
  },
  {
    table: 'cases',
    what: 'are marked as stuck by a time that ran out',
    first: `UPDATE deadlines SET fired_at = ${at} WHERE id = '${w.deadline}'`,
    sql: `SELECT 1 FROM cases WHERE id = '${w.live}' AND stuck_since IS NOT NULL`,
    by: ['ana', 'boris', 'judge', 'coordinator', 'invited', 'worker'],
  },
  {
    table: 'cases',
    what: 'are destroyed as drafts whose time is over',
    sql: `SELECT 1 WHERE destroy_draft('${w.draft}', '2030-01-01')`,
    by: ['worker'],
  },
  {
    table: 'referrals',
    what: 'sees',
    sql: `SELECT 1 FROM referrals WHERE case_id = '${w.live}'`,
    by: ['ana', 'boris', 'judge', 'coordinator', 'invited', 'clerk'],
  },
  {
    table: 'referrals',
    what: 'refers',
    sql: `INSERT INTO referrals VALUES ('${w.fresh}', 'TEST', 'x', 'x', NULL, '2026-09-20', 30, '${w.clerk}', ${at})`,
    by: ['clerk'],
  },
  {
    table: 'safety_answers',
    what: 'reads',
    sql: `SELECT answer_sealed FROM safety_answers WHERE case_id = '${w.live}'`,
    by: ['judge'],
  },
  {
    table: 'safety_answers',
    what: 'answers as Boris',
    sql: `INSERT INTO safety_answers VALUES (gen_random_uuid(), '${w.live}', '${w.boris}', 'B', ${blob}, ${at})`,
    by: ['boris'],
  },
  { table: 'linked_cases', what: 'sees', sql: `SELECT 1 FROM linked_cases WHERE '${w.live}' IN (case_id, other_id)`, by: ['coordinator'] },
  {
    table: 'linked_cases',
    what: 'links',
    sql: `INSERT INTO linked_cases (case_id, other_id, linked_by, linked_at)
      VALUES (least('${w.live}'::uuid, '${w.fresh}'), greatest('${w.live}'::uuid, '${w.fresh}'), '${w.coordinator}', ${at})`,
    by: ['coordinator'],
  },
  {
    table: 'linked_cases',
    what: 'unlinks',
    sql: `UPDATE linked_cases SET unlinked_by = '${w.coordinator}', unlinked_at = ${at} WHERE '${w.live}' IN (case_id, other_id) RETURNING 1`,
    by: ['coordinator'],
  },
  {
    table: 'linked_cases',
    what: 'are offered by what is alike',
    first: `UPDATE cases SET court_case_number = 'x' WHERE id IN ('${w.live}', '${w.fresh}')`,
    sql: `SELECT 1 FROM similar_cases('${w.live}', 9)`,
    by: ['coordinator'],
  },
];
