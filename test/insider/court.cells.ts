import { world as w } from './arrange.js';
import { making, scheduled } from './arrange.court.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;

/** What a court reads and keeps; a clerk's own filters and watched cases are no other clerk's, and no other office's. */
export const courtCells: Cell[] = [
  {
    table: 'audit_leaves',
    what: 'proves',
    sql: `SELECT 1 FROM audit_leaves('2027-01-01') LIMIT 1`,
    by: ['system', 'coordinator', 'anaAsCoordinator', 'worker'],
  },
  { table: 'report_table', what: 'reads', sql: 'SELECT 1 FROM report_table LIMIT 1', by: ['report', 'worker'] },
  { table: 'report_periods', what: 'reads', sql: 'SELECT 1 FROM report_periods LIMIT 1', by: ['report', 'worker'] },
  { table: 'published_mediators', what: 'lists', sql: `SELECT 1 FROM published_mediators(${at})`, by: ['report'] },
  {
    table: 'consultations',
    what: 'are counted for the report of a month',
    sql: `SELECT 1 FROM count_month('2026-09-01') WHERE line = 'consultations_only' AND dim = 'all'`,
    by: ['worker'],
  },
  {
    table: 'satisfaction_given',
    what: 'sees that he was asked',
    sql: `SELECT 1 FROM satisfaction_given WHERE case_id = '${w.live}' AND stage = 'intake'`,
    by: ['ana'],
  },
  {
    table: 'satisfaction',
    what: 'is answered',
    sql: `SELECT 1 WHERE give_satisfaction('${w.live}', 'contract', '2026-09-01', '{5,4,NULL,3}')`,
    by: ['ana', 'boris'],
  },
  {
    table: 'satisfaction_given',
    what: 'is marked',
    sql: `SELECT 1 WHERE give_satisfaction('${w.live}', 'contract', '2026-09-01', NULL)`,
    by: ['ana', 'boris'],
  },
  {
    table: 'satisfaction',
    what: 'is counted for the report of a month',
    sql: `SELECT 1 FROM count_month('2026-09-01') WHERE line = 'satisfaction' AND dim = 'all'`,
    by: ['worker'],
  },
  { table: 'satisfaction', what: 'is read by nobody', sql: 'SELECT 1 FROM satisfaction', by: [] },
  { table: 'events', what: 'tell a court what happened', sql: `SELECT 1 FROM court_facts WHERE case_id = '${w.live}'`, by: ['court'] },
  {
    table: 'court_page',
    what: 'pages',
    sql: `SELECT 1 FROM court_page(NULL, NULL, NULL, NULL, NULL, false, ${at}, NULL, NULL, 10) WHERE id = '${w.live}'`,
    by: ['court'],
  },
  {
    table: 'court_page',
    what: 'counts',
    sql: `SELECT 1 FROM court_counts(100, ${at}) WHERE what = 'mediating' AND cases > 0`,
    by: ['court'],
  },
  { table: 'court_acts', what: 'sees', sql: `SELECT 1 FROM court_acts WHERE case_id = '${w.live}'`, by: ['clerk'] },
  {
    table: 'court_acts',
    what: 'enters a term',
    sql: `INSERT INTO court_acts (id, case_id, court_id, kind, on_date, until, entered_by, entered_at) VALUES (gen_random_uuid(), '${w.live}', 'TEST', 'term', '2026-09-15', '2026-10-21', '${w.clerk}', ${at}) RETURNING 1`,
    by: ['clerk'],
  },
  {
    table: 'referrals',
    what: 'bound what a court may enter',
    sql: `INSERT INTO court_acts (id, case_id, court_id, kind, on_date, until, entered_by, entered_at) VALUES (gen_random_uuid(), '${w.live}', 'TEST', 'term', '2026-09-15', '2026-10-21', '${w.clerk}', ${at}) RETURNING 1`,
    by: ['clerk'],
  },
  {
    table: 'deadlines',
    what: 'follow the term that a court enters',
    sql: `INSERT INTO court_acts (id, case_id, court_id, kind, on_date, until, entered_by, entered_at) VALUES (gen_random_uuid(), '${w.live}', 'TEST', 'term', '2026-09-15', '2026-10-21', '${w.clerk}', ${at}) RETURNING 1`,
    by: ['clerk'],
  },
  {
    table: 'court_acts',
    what: 'accepts what a colleague proposed',
    sql: `UPDATE court_acts SET decided_by = '${w.clerk}', decided_at = ${at}, accepted = true WHERE corrects IS NOT NULL AND case_id = '${w.live}' RETURNING 1`,
    by: ['clerk'],
  },
  {
    table: 'deadlines',
    what: 'date the case for its court',
    first: `UPDATE deadlines SET due_at = due_at WHERE id = '${w.deadline}'`,
    sql: `SELECT 1 FROM cases WHERE id = '${w.live}' AND court_due IS NOT NULL`,
    by: ['ana', 'boris', 'judge', 'coMediator', 'coordinator', 'invited', 'worker'],
  },
  { table: 'court_filters', what: 'sees', sql: `SELECT 1 FROM court_filters WHERE person_id = '${w.clerk}'`, by: ['clerk'] },
  {
    table: 'court_filters',
    what: 'keeps',
    sql: `INSERT INTO court_filters VALUES (gen_random_uuid(), 'TEST', '${w.clerk}', 'y', '{}', ${at})`,
    by: ['clerk'],
  },
  { table: 'court_watches', what: 'sees', sql: `SELECT 1 FROM court_watches WHERE person_id = '${w.clerk}'`, by: ['clerk'] },
  { table: 'court_watches', what: 'are told', sql: `SELECT 1 FROM court_cases WHERE id = '${w.live}' AND watched`, by: ['court'] },
  {
    table: 'court_watches',
    what: 'watches',
    sql: `INSERT INTO court_watches VALUES ('${w.clerk}', 'TEST', '${w.fresh}', ${at})`,
    by: ['clerk'],
  },
  {
    table: 'court_letters',
    what: 'stand in the register',
    sql: `SELECT 1 FROM court_register('2020-01-01', '2030-01-01', true, NULL, NULL, 10) WHERE id = '${w.live}' AND letters <> '[]'`,
    by: ['court'],
  },
  {
    table: 'court_letters',
    what: 'are numbered with the move',
    sql: `UPDATE cases SET state = 'AT_COURT', state_since = ${at} WHERE id = '${w.live}' RETURNING 1`,
    by: ['ana', 'boris', 'judge', 'coordinator', 'invited', 'worker'],
  },
  { table: 'exports', what: 'sees', sql: `SELECT 1 FROM exports WHERE id = '${making}'`, by: ['clerk', 'worker'] },
  {
    table: 'exports',
    what: 'sees what was made for every office',
    sql: `SELECT 1 FROM exports WHERE id = '${scheduled}'`,
    by: ['clerk', 'council', 'coordinator', 'anaAsCoordinator', 'admin', 'worker'],
  },
  {
    table: 'exports',
    what: 'asks for',
    sql: `INSERT INTO exports (id, person_id, office, court_id, kind, asked, asked_at) VALUES (gen_random_uuid(), '${w.clerk}', 'court', 'TEST', 'report', '{}', ${at})`,
    by: ['clerk', 'worker'],
  },
  { table: 'exports', what: 'are made', sql: `UPDATE exports SET done = 1 WHERE id = '${making}' RETURNING 1`, by: ['worker'] },
  {
    table: 'exports',
    what: 'get the rows of their court',
    sql: `SELECT 1 FROM export_register('${making}', NULL, NULL, 10)`,
    by: ['worker'],
  },
];
