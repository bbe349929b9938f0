import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const desks: AskerName[] = ['coordinator', 'anaAsCoordinator', 'system'];
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
  {
    table: 'cases',
    what: 'are raised when their mediator may not mediate',
    sql: `SELECT 1 FROM raise_register_handover('${w.judge}', '${w.coordinator}', ${at}) raised WHERE raised > 0`,
    by: ['coordinator', 'anaAsCoordinator'],
  },
];
