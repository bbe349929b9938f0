import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const later = `'2026-09-21T11:00:00Z'`;
const enrol = `SELECT enrol_in_training('${w.training}', ${at})`;

/** Announced to everybody; who comes, and what he was given, is between him and the desk. */
export const trainingCells = (ofApp: AskerName[], all = ofApp.filter((name) => name !== 'nobody')): Cell[] => [
  { table: 'trainings', what: 'sees', sql: `SELECT 1 FROM trainings WHERE id = '${w.training}'`, by: [...all, 'worker'] },
  { table: 'training_days', what: 'sees', sql: `SELECT 1 FROM training_days WHERE training_id = '${w.training}'`, by: [...all, 'worker'] },
  {
    table: 'trainings',
    what: 'plans',
    sql: `INSERT INTO trainings VALUES (gen_random_uuid(), 'general', NULL, 'kk', 'x', 50, 2, 0, ${at}, '${w.coordinator}', ${at})`,
    by: ['coordinator', 'anaAsCoordinator'],
  },
  {
    table: 'training_days',
    what: 'plans',
    sql: `INSERT INTO training_days VALUES ('${w.training}', 2, '[2026-10-03T04:00Z,2026-10-03T12:00Z)')`,
    by: ['coordinator', 'anaAsCoordinator'],
  },
  {
    table: 'trainings',
    what: 'calls off',
    sql: `UPDATE trainings SET cancelled_at = ${at} WHERE id = '${w.training}' RETURNING 1`,
    by: ['coordinator', 'anaAsCoordinator'],
  },
  {
    table: 'trainings',
    what: 'reminds',
    sql: `UPDATE trainings SET reminded_at = ${at} WHERE id = '${w.training}' RETURNING 1`,
    by: ['worker'],
  },
  {
    table: 'enrolments',
    what: 'sees the judge in it',
    sql: `SELECT 1 FROM enrolments WHERE training_id = '${w.training}' AND person_id = '${w.judge}'`,
    by: ['judge', 'coordinator', 'anaAsCoordinator', 'worker'],
  },
  {
    table: 'enrolments',
    what: 'marks who was there',
    sql: `UPDATE enrolments SET attended = '{}' WHERE training_id = '${w.training}' RETURNING 1`,
    by: ['coordinator', 'anaAsCoordinator'],
  },
  {
    table: 'enrolments',
    what: 'is given a place by the function alone',
    sql: `${enrol} AS place FROM mediators m WHERE m.person_id = current_person() AND current_office() = 'mediator' AND enrol_in_training('${w.training}', ${at}) = 'seat'`,
    by: ['judge', 'otherMediator', 'coMediator', 'dutyMediator'],
  },
  {
    table: 'training_days',
    what: 'let nobody leave who has begun',
    sql: `SELECT 1 FROM leave_training('${w.training}', '2026-10-02T05:00:00Z') WHERE result = 'closed'`,
    by: ['judge'],
  },
  {
    table: 'trainings',
    what: 'give a seat back',
    first: `SELECT leave_training('${w.training}', ${later})`,
    sql: `SELECT 1 FROM trainings WHERE id = '${w.training}' AND taken = 0`,
    by: ['judge'],
  },
  {
    table: 'availabilities',
    what: 'count when a mediator is chosen',
    sql: `SELECT 1 FROM party_times('${w.live}', '2026-09-01T00:00Z', '2026-11-01T00:00Z')`,
    by: ['system', 'coordinator', 'worker'],
  },
  {
    table: 'training_certificates',
    what: 'sees',
    sql: `SELECT number FROM training_certificates WHERE id = '${w.trainingCertificate}'`,
    by: ['judge', 'coordinator', 'anaAsCoordinator'],
  },
  {
    table: 'training_certificates',
    what: 'issues',
    sql: `INSERT INTO training_certificates VALUES (gen_random_uuid(), 'C-2', '${w.openTraining}', '${w.judge}', 'trainer', NULL, '[2026-10-03,2029-10-03)', '${w.coordinator}', ${at})`,
    by: ['coordinator', 'anaAsCoordinator'],
  },
];
