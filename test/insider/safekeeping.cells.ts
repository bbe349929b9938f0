import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
/** While the administrator's opening lasts. */
const opened = `'2026-09-20T10:30:00Z'`;

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
  { table: 'case_openings', what: 'reads', sql: `SELECT 1 FROM case_openings WHERE case_id = '${w.live}'`, by: ['ana', 'boris', 'admin'] },
  {
    table: 'case_openings',
    what: 'opens the metadata of a case',
    sql: `SELECT 1 WHERE open_metadata(gen_random_uuid(), 'M-2026-0001', '\\x00', ${at}, '2026-09-21T10:15:00Z')`,
    by: ['admin'],
  },
  {
    table: 'case_openings',
    what: 'are made past the one way in',
    sql: `INSERT INTO case_openings VALUES (gen_random_uuid(), '${w.live}', '${w.admin}', '\\x00', ${at}, '2026-09-21T10:15:00Z') RETURNING 1`,
    by: [],
  },
  {
    table: 'case_openings',
    what: 'show the case while they last',
    sql: `SELECT 1 FROM opened_case('${w.opening}', ${opened})`,
    by: ['admin'],
  },
  {
    table: 'case_openings',
    what: 'show its facts while they last',
    sql: `SELECT 1 FROM opened_facts('${w.opening}', ${opened})`,
    by: ['admin'],
  },
  { table: 'case_openings', what: 'show nothing any more', sql: `SELECT 1 FROM opened_case('${w.opening}', ${at})`, by: [] },
  { table: 'case_openings', what: 'are ended', sql: `SELECT 1 WHERE end_metadata('${w.opening}', ${opened})`, by: ['admin'] },
  { table: 'audit_witnesses', what: 'reads', sql: 'SELECT 1 FROM audit_witnesses', by: ['admin', 'worker'] },
  {
    table: 'audit_witnesses',
    what: 'names',
    sql: `INSERT INTO audit_witnesses VALUES (gen_random_uuid(), 'xx', '\\x00', 'kk', '${w.admin}', ${at})`,
    by: ['admin'],
  },
  { table: 'incidents', what: 'sees', sql: 'SELECT 1 FROM incidents WHERE due_at IS NULL', by: ['admin', 'worker'] },
  { table: 'incidents', what: 'reads', sql: 'SELECT story_sealed FROM incidents', by: ['admin'] },
  {
    table: 'incidents',
    what: 'reports',
    sql: `INSERT INTO incidents (id, kind, personal, noticed_at, story_sealed, reported_by, reported_at)
      VALUES (gen_random_uuid(), 'loss', false, ${at}, '\\x00', '${w.admin}', ${at})`,
    by: ['admin'],
  },
  { table: 'incidents', what: 'raises', sql: `UPDATE incidents SET overdue_at = ${at} RETURNING 1`, by: ['worker'] },
  { table: 'incidents', what: 'closes', sql: `UPDATE incidents SET measures_sealed = measures_sealed RETURNING 1`, by: ['admin'] },
  { table: 'incident_tellings', what: 'sees', sql: `SELECT 1 FROM incident_tellings WHERE whom = 'authority'`, by: ['admin', 'worker'] },
  {
    table: 'incident_tellings',
    what: 'tells',
    sql: `INSERT INTO incident_tellings SELECT gen_random_uuid(), '${w.incident}', 'people', 'mail', ${at}, NULL, '${w.admin}', ${at} RETURNING 1`,
    by: ['admin'],
  },
  { table: 'drills', what: 'reads', sql: 'SELECT report FROM drills', by: ['admin'] },
  { table: 'drills', what: 'when the last one held', sql: 'SELECT ended_at FROM drills WHERE holds', by: ['admin', 'worker'] },
  { table: 'drill_reminders', what: 'reads', sql: 'SELECT 1 FROM drill_reminders', by: ['worker'] },
  { table: 'drill_reminders', what: 'raises', sql: `INSERT INTO drill_reminders VALUES (${at}) RETURNING 1`, by: ['worker'] },
];
