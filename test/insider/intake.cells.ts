import { world as w } from './arrange.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const blob = `'\\x00'::bytea`;

/** A draft of Ana's as the api sends it: whoever holds the api may name her, nobody else may call the function. */
const filing = JSON.stringify({
  cases: [
    {
      case_id: w.draft,
      person_id: w.ana,
      at: '2026-09-21T10:00:00Z',
      version: 1,
      safe_process: false,
      number_begins: 'F-2026-',
      state: 'SUBMITTED',
      rules_on: '2026-09-21',
      category: 'debt',
      district: 'ulan',
      clock_id: w.filedDeadline,
      clock: 'SCREENING',
      due_at: '2026-09-23T10:00:00Z',
      event_id: w.filedEvent,
      data: {},
      key: 'filed',
      request_hash: '\\x00',
      answer_sealed: '\\x00',
    },
  ],
  keys: [{ case_id: w.draft, id: w.filedParty, master: '1', wrapped: '\\x00', at: '2026-09-21T10:00:00Z' }],
  parties: [
    {
      id: w.filedParty,
      case_id: w.draft,
      side: 'A',
      ordinal: 9,
      kind: 'person',
      person_id: w.ana,
      surname: 'А',
      given: 'А',
      accessibility: [],
      name_folded: '',
      language: 'kk',
    },
  ],
});
const asked = JSON.stringify([{ case_id: w.draft, person_id: w.ana }]);

export const intakeCells: Cell[] = [
  {
    table: 'applications',
    what: 'is read with its keys to be sent, before anybody is a party',
    first: `DELETE FROM parties WHERE case_id = '${w.draft}'`,
    sql: `SELECT 1 FROM drafts_to_file('${asked}', 'data') WHERE data_keys IS NOT NULL`,
    by: ['ana', 'anaAsCoordinator'],
  },
  {
    table: 'applications',
    what: 'is sent, and its sides and its clocks are there',
    first: `SELECT * FROM file_drafts('${filing}')`,
    sql: `SELECT 1 FROM cases c JOIN parties p ON p.id = '${w.filedParty}' JOIN deadlines s ON s.id = '${w.filedDeadline}' JOIN act_answers k ON k.key = 'filed'
      JOIN keys.data_keys y ON y.scope_id = p.id JOIN deadlines d ON d.code = 'DRAFT_AUTODELETE' AND d.cancelled_at IS NOT NULL AND d.case_id = c.id
      WHERE c.id = '${w.draft}' AND c.state = 'SUBMITTED'`,
    by: ['ana'],
  },
  {
    table: 'act_answers',
    what: 'sees',
    sql: `SELECT 1 FROM act_answers WHERE person_id = '${w.ana}'`,
    by: ['ana', 'anaAsCoordinator', 'worker'],
  },
  {
    table: 'act_answers',
    what: 'reads the answer',
    sql: `SELECT answer_sealed FROM act_answers WHERE person_id = '${w.ana}'`,
    by: ['ana', 'anaAsCoordinator'],
  },
  {
    table: 'act_answers',
    what: 'claims as Boris',
    sql: `INSERT INTO act_answers (person_id, key, request_hash, asked_at) VALUES ('${w.boris}', 'key', ${blob}, ${at})`,
    by: ['boris'],
  },
  {
    table: 'act_answers',
    what: 'answers',
    sql: `UPDATE act_answers SET answer_sealed = ${blob} WHERE person_id = '${w.ana}' RETURNING person_id`,
    by: ['ana', 'anaAsCoordinator'],
  },
  {
    table: 'act_answers',
    what: 'forgets',
    sql: `DELETE FROM act_answers WHERE person_id = '${w.ana}'`,
    by: ['worker'],
  },
  {
    table: 'cases',
    what: 'are marked as stuck by a time that ran out',
    first: `UPDATE deadlines SET fired_at = ${at} WHERE id = '${w.deadline}'`,
    sql: `SELECT 1 FROM cases WHERE id = '${w.live}' AND stuck_since IS NOT NULL`,
    by: ['ana', 'boris', 'judge', 'coordinator', 'invited', 'worker'],
  },
  {
    table: 'cases',
    what: 'are destroyed as drafts whose time is over',
    sql: `SELECT 1 WHERE destroy_draft('${w.draft}', '2030-01-01')`,
    by: ['worker'],
  },
  {
    table: 'referrals',
    what: 'sees',
    sql: `SELECT 1 FROM referrals WHERE case_id = '${w.live}'`,
    by: ['ana', 'boris', 'judge', 'coordinator', 'invited', 'clerk'],
  },
  {
    table: 'referrals',
    what: 'refers',
    sql: `INSERT INTO referrals VALUES ('${w.fresh}', 'TEST', 'x', 'x', NULL, '2026-09-20', 30, '${w.clerk}', ${at})`,
    by: ['clerk'],
  },
  {
    table: 'safety_answers',
    what: 'reads',
    sql: `SELECT answer_sealed FROM safety_answers WHERE case_id = '${w.live}'`,
    by: ['judge'],
  },
  {
    table: 'safety_answers',
    what: 'answers as Boris',
    sql: `INSERT INTO safety_answers VALUES (gen_random_uuid(), '${w.live}', '${w.boris}', 'B', ${blob}, ${at})`,
    by: ['boris'],
  },
  { table: 'linked_cases', what: 'sees', sql: `SELECT 1 FROM linked_cases WHERE '${w.live}' IN (case_id, other_id)`, by: ['coordinator'] },
  {
    table: 'linked_cases',
    what: 'links',
    sql: `INSERT INTO linked_cases (case_id, other_id, linked_by, linked_at)
      VALUES (least('${w.live}'::uuid, '${w.fresh}'), greatest('${w.live}'::uuid, '${w.fresh}'), '${w.coordinator}', ${at})`,
    by: ['coordinator'],
  },
  {
    table: 'linked_cases',
    what: 'unlinks',
    sql: `UPDATE linked_cases SET unlinked_by = '${w.coordinator}', unlinked_at = ${at} WHERE '${w.live}' IN (case_id, other_id) RETURNING 1`,
    by: ['coordinator'],
  },
  {
    table: 'linked_cases',
    what: 'are offered by what is alike',
    first: `UPDATE cases SET court_case_number = 'x' WHERE id IN ('${w.live}', '${w.fresh}')`,
    sql: `SELECT 1 FROM similar_cases('${w.live}', 9)`,
    by: ['coordinator'],
  },
];
