import { world as w } from './arrange.js';
import { batchCells } from './batch.cells.js';
import { choosingCells } from './choosing.cells.js';
import type { Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const blob = `'\\x00'::bytea`;
const ended = `UPDATE cases SET state = 'TERMINATED', ground = '4' WHERE id = '${w.live}'`;

export const conflictCells: Cell[] = [
  {
    table: 'events',
    what: 'tell that Ana objected',
    sql: `SELECT 1 FROM events WHERE case_id = '${w.live}' AND type = 'objection.made'`,
    by: ['ana', 'coordinator', 'worker'],
  },
  {
    table: 'events',
    what: 'tell that Ana asked for advice',
    sql: `SELECT 1 FROM events WHERE type = 'consultation.asked'`,
    by: ['ana', 'anaAsCoordinator', 'worker'],
  },
  { table: 'mediator_relations', what: 'sees', sql: `SELECT 1 FROM mediator_relations WHERE id = '${w.relation}'`, by: ['judge'] },
  {
    table: 'mediator_relations',
    what: 'keeps of the judge',
    sql: `INSERT INTO mediator_relations VALUES (gen_random_uuid(), '${w.judge}', '\\x0b', ${blob}, 'kin', NULL, false, ${at})`,
    by: ['judge'],
  },
  {
    table: 'mediator_relations',
    what: 'removes',
    sql: `DELETE FROM mediator_relations WHERE id = '${w.relation}' RETURNING 1`,
    by: ['judge'],
  },
  {
    table: 'mediator_relations',
    what: 'mean something for a case',
    sql: `SELECT 1 FROM conflict_marks('${w.live}') WHERE mark = 'relation'`,
    by: ['judge', 'system', 'coordinator', 'worker'],
  },
  {
    table: 'disclosures',
    what: 'sees',
    sql: `SELECT words_sealed FROM disclosures WHERE id = '${w.disclosure}'`,
    by: ['ana', 'boris', 'judge', 'coordinator'],
  },
  {
    table: 'disclosures',
    what: 'discloses as the judge',
    sql: `INSERT INTO disclosures (id, case_id, offer_id, mediator_id, words_sealed, disclosed_at)
      VALUES (gen_random_uuid(), '${w.fresh}', '${w.spareOffer}', '${w.judge}', ${blob}, ${at})`,
    by: ['judge'],
  },
  {
    table: 'disclosures',
    what: 'is answered',
    sql: `SELECT 1 FROM answer_disclosure('${w.disclosure}', true, ${at}) WHERE result <> 'not_found'`,
    by: ['ana', 'boris'],
  },
  {
    table: 'disclosure_answers',
    what: 'sees',
    sql: `SELECT 1 FROM disclosure_answers WHERE disclosure_id = '${w.disclosure}'`,
    by: ['boris'],
  },
  {
    table: 'disclosures',
    what: 'end with their offer',
    first: `UPDATE offers SET answered_at = ${at}, answer = 'declined' WHERE id = '${w.openOffer}'`,
    sql: `SELECT 1 FROM disclosures WHERE id = '${w.disclosure}' AND outcome = 'lapsed'`,
    by: ['judge', 'coordinator'],
  },
  {
    table: 'objections',
    what: 'sees',
    sql: `SELECT reason_sealed FROM objections WHERE id = '${w.objection}'`,
    by: ['ana', 'coordinator'],
  },
  {
    table: 'objections',
    what: 'objects as Boris',
    sql: `INSERT INTO objections (id, case_id, mediator_id, person_id, reason_sealed, made_at, due_at)
      VALUES (gen_random_uuid(), '${w.live}', '${w.judge}', '${w.boris}', ${blob}, ${at}, ${at})`,
    by: ['boris'],
  },
  {
    table: 'objections',
    what: 'decides',
    sql: `UPDATE objections SET outcome = 'dismissed', decided_at = ${at}, decided_by = '${w.coordinator}' WHERE id = '${w.objection}' RETURNING 1`,
    by: ['coordinator'],
  },
  {
    table: 'objections',
    what: 'lapse with mediation',
    first: ended,
    sql: `SELECT 1 FROM objections WHERE id = '${w.objection}' AND outcome = 'lapsed'`,
    by: ['ana', 'coordinator'],
  },
  {
    table: 'deadlines',
    what: 'of an objection end with mediation',
    first: ended,
    sql: `SELECT 1 FROM deadlines WHERE case_id = '${w.live}' AND code = 'OBJECTION' AND cancelled_at IS NOT NULL`,
    by: ['ana', 'boris', 'judge', 'coordinator', 'invited', 'worker'],
  },
  {
    table: 'assignments',
    what: 'sees',
    sql: `SELECT case_id FROM assignments WHERE offer_id = '${w.openOffer}'`,
    by: ['coordinator', 'worker'],
  },
  {
    table: 'assignments',
    what: 'reads what it was made from',
    sql: `SELECT inputs FROM assignments WHERE offer_id = '${w.openOffer}'`,
    by: ['coordinator'],
  },
  {
    table: 'assignments',
    what: 'keeps',
    sql: `INSERT INTO assignments VALUES (gen_random_uuid(), '${w.fresh}', '${w.spareOffer}', '${w.judge}', 'x', 'x', 1, 1, '{}', '[]', NULL, ${at})`,
    by: ['coordinator', 'worker'],
  },
  {
    table: 'assignment_reasons',
    what: 'sees',
    sql: `SELECT 1 FROM assignment_reasons WHERE offer_id = '${w.openOffer}'`,
    by: ['ana', 'boris', 'judge', 'coordinator'],
  },
  {
    table: 'assignment_reasons',
    what: 'keeps',
    sql: `INSERT INTO assignment_reasons VALUES ('${w.spareOffer}', '${w.fresh}', '${w.judge}', '[]')`,
    by: ['coordinator', 'worker'],
  },
  {
    table: 'offers',
    what: 'are made by the clockwork',
    sql: `INSERT INTO offers (id, case_id, mediator_id, offered_at, expires_at) VALUES (gen_random_uuid(), '${w.offered}', '${w.judge}', ${at}, ${at})`,
    first: `UPDATE offers SET answered_at = ${at}, answer = 'declined' WHERE id = '${w.offer}'`,
    by: ['coordinator', 'anaAsCoordinator', 'worker'],
  },
  ...batchCells,
  ...choosingCells,
];
