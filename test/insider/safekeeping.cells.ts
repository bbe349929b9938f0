import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;

/** Who looked at a case is for its parties alone, a side's file for that side; and nobody notes a look that was not his. */
export const safekeepingCells: Cell[] = [
  {
    table: 'case_looks',
    what: 'reads',
    sql: `SELECT 1 FROM case_looks WHERE case_id = '${w.live}' AND side IS NULL`,
    by: ['ana', 'boris'],
  },
  { table: 'case_looks', what: 'reads of a file', sql: `SELECT 1 FROM case_looks WHERE case_id = '${w.live}' AND side = 'A'`, by: ['ana'] },
  {
    table: 'case_looks',
    what: 'are noted of who looks',
    sql: `SELECT 1 WHERE note_look('${w.live}', 'case', NULL, ${at})`,
    by: ['judge', 'coMediator', 'coordinator', 'clerk', 'court'],
  },
  {
    table: 'case_looks',
    what: 'are written past the one way in',
    sql: `INSERT INTO case_looks VALUES ('${w.live}', '${w.judge}', 'mediator', 'case', NULL, NULL, ${at})`,
    by: [],
  },
];
