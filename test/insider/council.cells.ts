import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const desk: AskerName[] = ['coordinator', 'anaAsCoordinator'];
const council: AskerName[] = ['council', ...desk];

/** What the council works with; the desk writes it, the council reads it, and nobody else knows of it. */
export const councilCells: Cell[] = [
  { table: 'memoranda', what: 'reads', sql: 'SELECT 1 FROM memoranda', by: council },
  {
    table: 'memoranda',
    what: 'notes',
    sql: `INSERT INTO memoranda (id, partner, refers, since, noted_by, noted_at) VALUES (gen_random_uuid(), 'xx', false, '2026-01-01', '${w.coordinator}', ${at})`,
    by: desk,
  },
  { table: 'memoranda', what: 'ends', sql: `UPDATE memoranda SET ended_on = '2026-09-21' RETURNING 1`, by: desk },
  { table: 'memoranda', what: 'counts', sql: 'SELECT 1 FROM memorandum_counts()', by: council },
  {
    table: 'memoranda',
    what: 'bound what a court may refer',
    sql: `INSERT INTO referrals (case_id, court_id, case_number, case_number_typed, ruling_on, term_days, referred_by, referred_at)
      VALUES ('${w.fresh}', 'TEST', '1', '1', '2026-09-01', 30, '${w.clerk}', ${at})`,
    by: ['clerk'],
  },
  { table: 'partner_referrals', what: 'reads', sql: 'SELECT 1 FROM partner_referrals', by: desk },
  {
    table: 'partner_referrals',
    what: 'notes',
    sql: `INSERT INTO partner_referrals VALUES ('${w.fresh}', '${w.memorandum}', '${w.coordinator}', ${at})`,
    by: ['coordinator'],
  },
  {
    table: 'partner_referrals',
    what: 'are counted',
    sql: `SELECT 1 FROM memorandum_counts() WHERE memorandum = '${w.memorandum}' AND referred > 0`,
    by: desk,
  },
  { table: 'council_meetings', what: 'reads', sql: 'SELECT 1 FROM council_meetings', by: council },
  {
    table: 'council_meetings',
    what: 'calls',
    sql: `INSERT INTO council_meetings (id, starts_at, place, materials, called_by, called_at) VALUES (gen_random_uuid(), ${at}, 'xx', '', '${w.coordinator}', ${at})`,
    by: desk,
  },
  { table: 'council_meetings', what: 'writes', sql: `UPDATE council_meetings SET held_at = ${at}, attended = 1 RETURNING 1`, by: desk },
  { table: 'council_items', what: 'reads', sql: 'SELECT 1 FROM council_items', by: council },
  {
    table: 'council_items',
    what: 'adds',
    sql: `INSERT INTO council_items (meeting_id, no, topic) VALUES ('${w.councilMeeting}', 9, 'xx')`,
    by: desk,
  },
  { table: 'council_items', what: 'decides', sql: `UPDATE council_items SET decision = 'x' RETURNING 1`, by: desk },
  { table: 'council_tasks', what: 'sees', sql: 'SELECT id FROM council_tasks', by: [...council, 'worker'] },
  { table: 'council_tasks', what: 'reads', sql: 'SELECT task FROM council_tasks', by: council },
  {
    table: 'council_tasks',
    what: 'sets',
    sql: `INSERT INTO council_tasks (id, meeting_id, task, responsible, due_on, due_at, remind_at, set_by, set_at)
      VALUES (gen_random_uuid(), '${w.councilMeeting}', 'xxxxx', 'xx', '2026-09-30', ${at}, ${at}, '${w.coordinator}', ${at})`,
    by: desk,
  },
  { table: 'council_tasks', what: 'ends', sql: `UPDATE council_tasks SET outcome = 'x' RETURNING 1`, by: council },
  { table: 'council_tasks', what: 'raises', sql: `UPDATE council_tasks SET overdue_at = ${at} RETURNING 1`, by: ['worker'] },
  {
    table: 'party_traits',
    what: 'are counted for the report of a month',
    sql: `SELECT 1 FROM count_month('2026-09-01') WHERE line = 'parties' AND dim = 'sex' AND value = 'female'`,
    by: ['worker'],
  },
  { table: 'party_traits', what: 'are read by nobody', sql: 'SELECT 1 FROM party_traits', by: [] },
  {
    table: 'party_traits',
    what: 'are added by who concludes a contract',
    sql: `SELECT 1 WHERE add_traits('${w.live}', '2026-09-01', '{female}', '{from_30}')`,
    by: ['ana', 'boris', 'judge'],
  },
  {
    table: 'settled_amounts',
    what: 'are counted for the report of a month',
    sql: `SELECT 1 FROM count_month('2026-09-01') WHERE line = 'amounts_settled' AND dim = 'all'`,
    by: ['worker'],
  },
  { table: 'settled_amounts', what: 'are read by nobody', sql: 'SELECT 1 FROM settled_amounts', by: [] },
  {
    table: 'settled_amounts',
    what: 'are added by who concludes a settlement',
    sql: `SELECT 1 WHERE add_settled_amount('${w.settled}', '2026-09-01', 5000)`,
    by: ['ana', 'boris', 'judge'],
  },
  { table: 'house_events', what: 'reads', sql: 'SELECT 1 FROM house_events', by: [...council, 'admin'] },
  {
    table: 'house_events',
    what: 'notes',
    sql: `INSERT INTO house_events VALUES (gen_random_uuid(), 'training', 'xxx', '2026-09-01', 1, '${w.coordinator}', ${at})`,
    by: desk,
  },
  {
    table: 'house_events',
    what: 'are counted for the report of a month',
    sql: `SELECT 1 FROM count_month('2026-09-01') WHERE line = 'people_reached' AND dim = 'all'`,
    by: ['worker'],
  },
  {
    table: 'consultations',
    what: 'are placed by who asks',
    sql: `SELECT 1 WHERE place_consultation('${w.asked}', 'ulan')`,
    by: ['stranger'],
  },
];
