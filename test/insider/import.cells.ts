import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const anyDesk: AskerName[] = ['coordinator', 'anaAsCoordinator'];
const cell = (table: string, what: string, sql: string, by = anyDesk): Cell => ({ table, what, sql, by });
const begins = (kind: string, by: string) =>
  `INSERT INTO imports VALUES (gen_random_uuid(), '${kind}', '\\x02', '${by}', ${at}, 1, 1, NULL)`;

/** Which file went in and which line became what: of cases and mediators the desk's alone, of days off and courts the administrator's. */
export const importCells: Cell[] = [
  cell('imports', 'sees', `SELECT 1 FROM imports WHERE id = '${w.import}'`),
  cell('imports', 'begins', begins('referrals', w.coordinator!), ['coordinator']),
  cell('imports', 'begins one of a register', begins('courts', w.admin!), ['admin']),
  cell('imports', 'undoes', `UPDATE imports SET undone_at = ${at} WHERE id = '${w.import}' RETURNING 1`),
  cell('import_rows', 'sees', `SELECT 1 FROM import_rows WHERE import_id = '${w.import}'`),
  cell('import_rows', 'adds', `INSERT INTO import_rows (import_id, line, case_id) VALUES ('${w.import}', 3, '${w.fresh}')`, [
    'coordinator',
  ]),
  cell('import_rows', 'undoes', `UPDATE import_rows SET undone_at = ${at} WHERE import_id = '${w.import}' RETURNING 1`),
  cell(
    'referrals',
    'writes down from a table',
    `INSERT INTO referrals VALUES ('${w.fresh}', 'TEST', 'x', 'x', NULL, '2026-09-20', 30, '${w.coordinator}', ${at})`,
    ['coordinator'],
  ),
  cell('courts', 'takes back', `SELECT 1 WHERE take_back_court('SPARE')`, ['admin']),
  cell('mediators', 'takes back', `SELECT 1 WHERE take_back_mediator('${w.spare}')`, anyDesk),
  cell('partner_hooks', 'sees', `SELECT 1 FROM partner_hooks WHERE id = '${w.hook}'`, ['admin', 'worker']),
  cell(
    'partner_hooks',
    'makes',
    `INSERT INTO partner_hooks VALUES (gen_random_uuid(), 'x', 'TEST', 'x', '\\x00', '\\x00', '${w.admin}', ${at})`,
    ['admin'],
  ),
  cell('partner_hooks', 'ends', `UPDATE partner_hooks SET ended_at = ${at} WHERE id = '${w.hook}' RETURNING 1`, ['admin']),
  cell('partner_calls', 'sees', `SELECT 1 FROM partner_calls WHERE hook_id = '${w.hook}'`, ['admin', 'worker']),
  cell('partner_calls', 'tries again', `UPDATE partner_calls SET due_at = ${at} WHERE hook_id = '${w.hook}' RETURNING 1`, [
    'admin',
    'worker',
  ]),
  cell('partner_calls', 'is planned', `SELECT 1 WHERE plan_partner_calls(ARRAY['${w.hookEvent}']::uuid[], ${at}) = 1`, ['worker']),
  cell('partner_facts', 'is told', `SELECT 1 FROM partner_facts WHERE hook_id = '${w.hook}'`, ['worker']),
];
