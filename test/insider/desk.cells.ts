import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;

export const deskCells: Cell[] = [
  {
    table: 'cases',
    what: 'are marked as stuck by a time that ran out',
    first: `UPDATE deadlines SET fired_at = ${at} WHERE id = '${w.deadline}'`,
    sql: `SELECT 1 FROM cases WHERE id = '${w.live}' AND stuck_since IS NOT NULL`,
    by: ['ana', 'boris', 'judge', 'coordinator', 'invited', 'worker'],
  },
];
