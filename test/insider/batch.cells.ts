import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-20T10:00:00Z'`;
const made = (cases: string[], by: string) =>
  `INSERT INTO assignment_batches VALUES (gen_random_uuid(), '{${cases.join()}}', 'x', 'x', '{}', '{}', '${by}', ${at})`;

export const batchCells: Cell[] = [
  {
    table: 'assignment_batches',
    what: 'reads what a pile was chosen from',
    sql: `SELECT inputs FROM assignment_batches WHERE id = '${w.batch}'`,
    by: ['coordinator'],
  },
  {
    table: 'assignment_batches',
    what: 'is found by its age',
    sql: `SELECT id FROM assignment_batches WHERE id = '${w.batch}'`,
    by: ['coordinator', 'worker'],
  },
  { table: 'assignment_batches', what: 'keeps as the coordinator', sql: made([w.fresh!], w.coordinator!), by: ['coordinator'] },
  { table: 'assignment_batches', what: 'keeps as Ana, of her own case', sql: made([w.fresh!], w.ana!), by: [] },
  {
    table: 'assignment_batches',
    what: 'cleans',
    sql: `DELETE FROM assignment_batches WHERE id = '${w.batch}' AND made_at < now() RETURNING id`,
    by: ['worker'],
  },
  {
    table: 'follow_tries',
    what: 'sees for whom nobody was found',
    sql: `SELECT 1 FROM follow_tries WHERE case_id = '${w.fresh}'`,
    by: ['worker'],
  },
  { table: 'follow_tries', what: 'keeps', sql: `INSERT INTO follow_tries VALUES ('${w.live}', ${at})`, by: ['worker'] },
];
