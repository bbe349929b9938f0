import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const withdrawn = (about: string) => `UPDATE complaints SET withdrawn_at = ${at} WHERE about = '${about}' RETURNING 1`;

/** What is recalled by the clockwork, which reads days and codes alone, and what its author takes back. */
export const careCells: Cell[] = [
  {
    table: 'complaints',
    what: 'are found by their day',
    sql: `SELECT due_at FROM complaints WHERE about = 'desk'`,
    by: ['ana', 'admin', 'worker'],
  },
  {
    table: 'complaints',
    what: 'are recalled',
    sql: `UPDATE complaints SET reminded_at = ${at} WHERE about = 'desk' RETURNING 1`,
    by: ['worker'],
  },
  { table: 'complaints', what: 'about the judge are taken back', sql: withdrawn('mediator'), by: ['ana'] },
  { table: 'complaints', what: 'about the desk are taken back', sql: withdrawn('desk'), by: ['ana'] },
  {
    table: 'complaints',
    what: 'taken back are read',
    first: withdrawn('mediator'),
    sql: `SELECT words_sealed FROM complaints WHERE person_id = '${w.ana}' AND about = 'mediator'`,
    by: ['ana'],
  },
  {
    table: 'certificate_warnings',
    what: 'sees that one was told',
    sql: `SELECT 1 FROM certificate_warnings WHERE mediator_id = '${w.judge}'`,
    by: ['worker'],
  },
  {
    table: 'certificate_warnings',
    what: 'notes that one was told',
    sql: `INSERT INTO certificate_warnings VALUES ('${w.judge}', '2027-01-01', 7, ${at})`,
    by: ['worker'],
  },
  {
    table: 'training_days',
    what: 'moves',
    sql: `DELETE FROM training_days WHERE training_id = '${w.training}' RETURNING 1`,
    by: ['coordinator', 'anaAsCoordinator'],
  },
];
