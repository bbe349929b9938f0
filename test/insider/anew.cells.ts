import { anew } from './arrange.anew.js';
import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-20T10:00:00Z'`;
const goesOn = (id: string) => `UPDATE cases SET state = 'SETTLEMENT_DRAFT' WHERE id = '${id}' RETURNING 1`;

export const anewCells: Cell[] = [
  {
    table: 'anew_agreements',
    what: 'sees',
    sql: `SELECT 1 FROM anew_agreements WHERE case_id = '${anew.one}'`,
    by: ['ana', 'boris', 'judge', 'coordinator'],
  },
  {
    table: 'anew_agreements',
    what: 'agrees as Ana',
    sql: `INSERT INTO anew_agreements VALUES ('${anew.one}', '${anew.oneA}', ${at}, '${w.ana}', ${at})`,
    by: ['ana'],
  },
  {
    table: 'anew_agreements',
    what: 'agrees in the place of Boris, or to a refusal that never was',
    sql: `INSERT INTO anew_agreements VALUES ('${anew.one}', '${anew.oneB}', ${at}::timestamptz + interval '1 hour', '${w.ana}', ${at})`,
    by: [],
  },
  { table: 'anew_agreements', what: 'goes on without the yes of all', sql: goesOn(anew.one), by: [] },
  {
    table: 'anew_agreements',
    what: 'goes on with the yes of all',
    sql: goesOn(anew.both),
    by: ['ana', 'boris', 'judge', 'coordinator', 'worker'],
  },
];
