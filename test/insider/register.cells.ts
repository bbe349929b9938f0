import { world as w } from './arrange.js';
import { careCells } from './care.cells.js';
import type { AskerName, Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const desks: AskerName[] = ['coordinator', 'anaAsCoordinator', 'system'];
const complaint = (about: string) => `SELECT words_sealed FROM complaints WHERE person_id = '${w.ana}' AND about = '${about}'`;
const answered = (about: string) =>
  `UPDATE complaints SET outcome = 'founded', answer_sealed = '\\x00', answered_at = ${at}, answered_by = '${w.coordinator}' WHERE about = '${about}' RETURNING 1`;
const change = (kind: string) =>
  `INSERT INTO register_changes (id, mediator_id, kind, changed_at) VALUES (gen_random_uuid(), '${w.judge}', '${kind}', ${at})`;

/** The register is the desk's; a mediator reads his own entry and may say that he carries more or less. */
export const registerCells: Cell[] = [
  {
    table: 'register_details',
    what: 'are read',
    sql: `SELECT sealed FROM register_details WHERE mediator_id = '${w.judge}'`,
    by: [...desks, 'judge'],
  },
  {
    table: 'register_details',
    what: 'are compared',
    sql: `SELECT mediator_id FROM register_details WHERE iin_hash = '\\x0c'`,
    by: [...desks, 'judge', 'worker'],
  },
  {
    table: 'register_details',
    what: 'are added',
    sql: `INSERT INTO register_details VALUES ('${w.duty}', '\\x00', '\\x0e', '\\x0f')`,
    by: desks,
  },
  {
    table: 'register_details',
    what: 'are corrected',
    sql: `UPDATE register_details SET sealed = '\\x01' WHERE mediator_id = '${w.judge}' RETURNING 1`,
    by: desks,
  },
  {
    table: 'register_details',
    what: 'mean something for a case',
    sql: `SELECT 1 FROM conflict_marks('${w.live}') WHERE mark = 'employer'`,
    by: ['judge', 'system', 'coordinator', 'worker'],
  },
  { table: 'certificates', what: 'are read', sql: `SELECT 1 FROM certificates WHERE mediator_id = '${w.judge}'`, by: [...desks, 'judge'] },
  {
    table: 'certificates',
    what: 'are added',
    sql: `INSERT INTO certificates VALUES (gen_random_uuid(), '${w.duty}', 'general', NULL, 'y', 'y', '2024-01-01', '2027-01-01')`,
    by: desks,
  },
  { table: 'certificates', what: 'are removed', sql: `DELETE FROM certificates WHERE mediator_id = '${w.judge}' RETURNING 1`, by: desks },
  {
    table: 'register_changes',
    what: 'are read',
    sql: `SELECT 1 FROM register_changes WHERE mediator_id = '${w.judge}'`,
    by: [...desks, 'judge'],
  },
  { table: 'register_changes', what: 'are noted', sql: change('corrected'), by: desks },
  { table: 'register_changes', what: 'of his own capacity are noted', sql: change('capacity'), by: [...desks, 'judge'] },
  { table: 'complaints', what: 'about the judge are read', sql: complaint('mediator'), by: ['ana', 'coordinator'] },
  { table: 'complaints', what: 'about the desk are read', sql: complaint('desk'), by: ['ana', 'admin'] },
  {
    table: 'complaints',
    what: 'are made as Boris',
    sql: `INSERT INTO complaints (id, person_id, about, mediator_id, case_id, words_sealed, made_at, due_at)
      VALUES (gen_random_uuid(), '${w.boris}', 'mediator', '${w.judge}', '${w.live}', '\\x00', ${at}, ${at})`,
    by: ['boris'],
  },
  { table: 'complaints', what: 'about the judge are answered', sql: answered('mediator'), by: ['coordinator'] },
  { table: 'complaints', what: 'about the desk are answered', sql: answered('desk'), by: ['admin'] },
  {
    table: 'cases',
    what: 'are raised when their mediator may not mediate',
    sql: `SELECT 1 FROM raise_register_handover('${w.judge}', '${w.coordinator}', ${at}) raised WHERE raised > 0`,
    by: ['coordinator', 'anaAsCoordinator'],
  },
  ...careCells,
];
