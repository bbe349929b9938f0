import { anewCells } from './anew.cells.js';
import { listed } from './arrange.common.js';
import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const seat = `SELECT 1 FROM room_members WHERE room_id = '${w.caucusA}' AND person_id = '${w.ana}' AND left_at IS NOT NULL`;

/** One person for several of a side: what a code is for, and a seat that nothing holds any more. */
export const commonCells: Cell[] = [
  {
    table: 'invitations',
    what: 'is read with the one whose code answers for it',
    sql: `SELECT 1 FROM invitations WHERE id = '${listed}'`,
    by: ['coordinator', 'invited', 'worker'],
  },
  {
    table: 'invitations',
    what: 'is answered with the one whose code answers for it',
    sql: `UPDATE invitations SET opened_at = ${at} WHERE id = '${listed}' RETURNING 1`,
    by: ['coordinator', 'invited', 'worker'],
  },
  {
    table: 'leave_seats',
    what: 'takes no seat from whoever is a party still',
    sql: `SELECT 1 FROM (SELECT leave_seats('${w.live}', '${w.ana}', ${at})) done WHERE EXISTS (${seat})`,
    by: [],
  },
  ...anewCells,
];
