import { randomUUID } from 'node:crypto';
import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';
import { trainingCells } from './training.cells.js';

const at = `'2026-09-21T10:00:00Z'`;
const blob = `'\\x00'::bytea`;
const sees = (table: string, column: string, id: string | undefined, by: AskerName[]): Cell =>
  does(table, 'sees', `SELECT 1 FROM ${table} WHERE ${column} = '${id}'`, by);
const does = (table: string, what: string, sql: string, by: AskerName[]): Cell => ({ table, what, sql, by });

/** Whose time it is. A calendar of a case is for those who plan in it and the desk; a person's own times are the person's. */
export function hoursCells(allOfApp: AskerName[]): Cell[] {
  const day = '[2026-10-09T05:00Z,2026-10-09T06:00Z)';
  const busy = (kind: string) =>
    `SELECT 1 FROM calendars_of('${w.live}', '2026-09-01T00:00Z', '2026-11-01T00:00Z', NULL) WHERE kind = '${kind}'`;
  const participants: AskerName[] = ['ana', 'boris', 'judge'];
  const planners: AskerName[] = [...participants, 'coordinator'];
  const asBoris: AskerName[] = ['boris'];
  const borisAndWorker: AskerName[] = ['boris', 'worker'];
  const asAna: AskerName[] = ['ana', 'anaAsCoordinator'];
  return [
    sees('mediator_hours', 'person_id', w.judge, ['judge']),
    does('mediator_hours', 'begins', `INSERT INTO mediator_hours VALUES ('${w.otherMediator}', '[]', '{room}', 0, 5, ${at})`, [
      'otherMediator',
    ]),
    does('mediator_hours', 'changes', `UPDATE mediator_hours SET daily_limit = 1 WHERE person_id = '${w.judge}' RETURNING 1`, ['judge']),
    sees('hour_exceptions', 'id', w.exception, ['judge']),
    does('hour_exceptions', 'adds', `INSERT INTO hour_exceptions VALUES ('${randomUUID()}', '${w.judge}', '${day}', true)`, ['judge']),
    does('hour_exceptions', 'removes', `DELETE FROM hour_exceptions WHERE id = '${w.exception}' RETURNING 1`, ['judge']),
    sees('availabilities', 'person_id', w.boris, borisAndWorker),
    does('availabilities', 'tells when', `SELECT unavailable FROM availabilities WHERE person_id = '${w.boris}'`, asBoris),
    does('availabilities', 'says', `INSERT INTO availabilities VALUES ('${w.ana}', 'UTC', '[]', '[]', NULL, ${at})`, asAna),
    does('availabilities', 'says anew', `UPDATE availabilities SET zone = 'UTC' WHERE person_id = '${w.boris}' RETURNING 1`, asBoris),
    sees('outside_calendars', 'person_id', w.judge, ['judge', 'judgeAsCitizen', 'worker']),
    does('outside_calendars', 'names', `INSERT INTO outside_calendars VALUES ('${w.otherMediator}', ${blob}, 'x', ${at}, ${at})`, [
      'otherMediator',
    ]),
    does('outside_calendars', 'is read', `UPDATE outside_calendars SET failures = 1 WHERE person_id = '${w.judge}' RETURNING 1`, [
      'judge',
      'judgeAsCitizen',
      'worker',
    ]),
    does('outside_calendars', 'forgets', `DELETE FROM outside_calendars WHERE person_id = '${w.judge}' RETURNING 1`, [
      'judge',
      'judgeAsCitizen',
    ]),
    sees('outside_busy', 'person_id', w.judge, ['judge', 'judgeAsCitizen', 'worker']),
    does('outside_busy', 'is written', `INSERT INTO outside_busy VALUES ('${w.judge}', '${day}')`, ['worker']),
    does('outside_busy', 'is forgotten', `DELETE FROM outside_busy WHERE person_id = '${w.judge}' RETURNING 1`, [
      'judge',
      'judgeAsCitizen',
      'worker',
    ]),
    sees('calendar_feeds', 'id', w.feed, asAna),
    does('calendar_feeds', 'opens', `INSERT INTO calendar_feeds VALUES ('${randomUUID()}', '${w.boris}', '\\x0e', ${at})`, asBoris),
    does('calendar_feeds', 'revokes', `UPDATE calendar_feeds SET revoked_at = ${at} WHERE id = '${w.feed}' RETURNING 1`, asAna),
    sees('meeting_moves', 'id', w.move, ['boris', 'judge']),
    does(
      'meeting_moves',
      'tells why',
      `INSERT INTO meeting_moves VALUES ('${randomUUID()}', '${w.meeting}', '${w.live}', '${w.boris}', 'cancelled', 'work', '${day}', ${at})`,
      asBoris,
    ),
    does('bookings', 'are busy time of a case', busy('meeting'), planners),
    does('hour_exceptions', 'are absence in a case', busy('absence'), planners),
    does('outside_busy', 'are busy time of a case', busy('outside'), planners),
    does('mediator_hours', 'are a week in a case', `SELECT 1 FROM times_of('${w.live}') WHERE daily_limit = 5`, planners),
    does('availabilities', 'are times in a case', `SELECT 1 FROM times_of('${w.live}') WHERE zone = 'Asia/Almaty'`, planners),
    does('calendar_feeds', 'open by their address', `SELECT 1 FROM find_feed('\\x0f')`, allOfApp),
    does('meetings', 'stand in the feed', `SELECT 1 FROM feed_of('\\x0f')`, allOfApp),
    ...trainingCells(allOfApp),
  ];
}
