import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const answered = (side: string, by: string | undefined) =>
  `INSERT INTO choosing_answers VALUES ('${w.choosing}', '${side}', '{}', '{}', '${by}', ${at})
   ON CONFLICT (choosing_id, side) DO UPDATE SET struck = excluded.struck, person_id = excluded.person_id RETURNING 1`;

export const choosingCells: Cell[] = [
  {
    table: 'choosings',
    what: 'sees',
    sql: `SELECT listed FROM choosings WHERE id = '${w.choosing}'`,
    by: ['ana', 'boris', 'coordinator', 'worker'],
  },
  {
    table: 'choosings',
    what: 'opens',
    sql: `INSERT INTO choosings (id, case_id, listed, seed, opened_by, opened_at, due_at)
      VALUES (gen_random_uuid(), '${w.fresh}', '[]', 's', '${w.coordinator}', ${at}, '2026-09-25T10:00:00Z')`,
    by: ['coordinator'],
  },
  {
    table: 'choosings',
    what: 'decides',
    sql: `UPDATE choosings SET ended_at = ${at}, outcome = 'sides' WHERE id = '${w.choosing}' RETURNING 1`,
    by: ['worker'],
  },
  {
    table: 'choosings',
    what: 'end when the case goes on',
    first: `UPDATE cases SET state = 'WITHDRAWN' WHERE id = '${w.waits}'`,
    sql: `SELECT 1 FROM choosings WHERE id = '${w.choosingWaits}' AND outcome = 'lapsed'`,
    by: ['coordinator', 'anaAsCoordinator', 'stranger', 'worker'],
  },
  {
    table: 'choosing_answers',
    what: 'sees what the other side wants',
    sql: `SELECT struck FROM choosing_answers WHERE choosing_id = '${w.choosing}' AND side = 'B'`,
    by: ['boris', 'worker'],
  },
  { table: 'choosing_answers', what: 'answers for side A as Ana', sql: answered('A', w.ana), by: ['ana'] },
  { table: 'choosing_answers', what: 'answers for side B as Boris, again', sql: answered('B', w.boris), by: ['boris'] },
  {
    table: 'choosing_answers',
    what: 'changes what side B said',
    sql: `UPDATE choosing_answers SET struck = '{}' WHERE choosing_id = '${w.choosing}' AND side = 'B' RETURNING 1`,
    by: ['boris'],
  },
  {
    table: 'choosing_answers',
    what: 'is told who has answered',
    sql: `SELECT 1 FROM unnest(choosing_sides('${w.choosing}')) side`,
    by: ['coordinator'],
  },
];
