import { randomUUID } from 'node:crypto';
import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const [second, carried] = [randomUUID(), randomUUID()];
const neighbour = `INSERT INTO parties (id, case_id, side, ordinal, kind, surname, given, language) VALUES ('${second}', '${w.live}', 'B', 7, 'person', 'x', 'x', 'kk')`;
const listed = `${neighbour}; INSERT INTO invitations (id, case_id, party_id, round, with_id, issued_at, expires_at)
  VALUES ('${carried}', '${w.live}', '${second}', 2, '${w.openInvitation}', ${at}, ${at})`;
const seat = `SELECT 1 FROM room_members WHERE room_id = '${w.caucusA}' AND person_id = '${w.ana}' AND left_at IS NOT NULL`;

/** One person for several of a side: what a code is for, and a seat that nothing holds any more. */
export const commonCells: Cell[] = [
  {
    table: 'invitations',
    what: 'is read with the one whose code answers for it',
    first: listed,
    sql: `SELECT 1 FROM invitations WHERE id = '${carried}'`,
    by: ['coordinator', 'invited', 'worker'],
  },
  {
    table: 'invitations',
    what: 'is answered with the one whose code answers for it',
    first: listed,
    sql: `UPDATE invitations SET opened_at = ${at} WHERE id = '${carried}' RETURNING 1`,
    by: ['coordinator', 'invited', 'worker'],
  },
  {
    table: 'leave_seats',
    what: 'takes no seat from whoever is a party still',
    sql: `SELECT 1 FROM (SELECT leave_seats('${w.live}', '${w.ana}', ${at})) done WHERE EXISTS (${seat})`,
    by: [],
  },
];
