import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const participants: AskerName[] = ['ana', 'boris', 'judge'];
const cell = (table: string, what: string, sql: string, by: AskerName[]): Cell => ({ table, what, sql, by });
const attendanceOf = (person: string | undefined) =>
  `SELECT 1 FROM attendances WHERE meeting_id = '${w.dayMeeting}' AND person_id = '${person}'`;

/** The day of a meeting: the other side is not there, whatever one asks. */
export const meetingCells: Cell[] = [
  cell('meeting_courses', 'sees', `SELECT 1 FROM meeting_courses WHERE meeting_id = '${w.dayMeeting}'`, participants),
  cell('meeting_courses', 'opens', `INSERT INTO meeting_courses (meeting_id, case_id) VALUES ('${w.meeting}', '${w.live}')`, ['judge']),
  cell('meeting_courses', 'steers', `UPDATE meeting_courses SET ran_seconds = 1 WHERE meeting_id = '${w.dayMeeting}' RETURNING 1`, [
    'judge',
  ]),
  cell('attendances', 'sees the other side', attendanceOf(w.boris), ['boris', 'judge']),
  cell('attendances', 'sees the mediator', attendanceOf(w.judge), participants),
  cell(
    'attendances',
    'is there',
    `INSERT INTO attendances (meeting_id, case_id, person_id) VALUES ('${w.meeting}', '${w.live}', '${w.boris}')`,
    ['boris', 'judge'],
  ),
  cell('attendances', 'counts', `UPDATE attendances SET seconds = 1 WHERE person_id = '${w.ana}' RETURNING 1`, ['ana', 'judge']),
  cell('absences', 'sees', `SELECT 1 FROM absences WHERE meeting_id = '${w.dayMeeting}'`, ['boris', 'judge', 'worker']),
  cell('absences', 'tells', `INSERT INTO absences VALUES ('${w.meeting}', '${w.live}', '${w.ana}', ${at})`, ['ana']),
  cell('house_diary', 'reads', `SELECT 1 FROM house_diary('2026-10-08', '2026-10-09') WHERE meeting_id = '${w.dayMeeting}'`, [
    'coordinator',
  ]),
  cell('meeting_reminders', 'sees', `SELECT 1 FROM meeting_reminders WHERE meeting_id = '${w.dayMeeting}'`, ['worker']),
  cell('meeting_reminders', 'reminds', `INSERT INTO meeting_reminders VALUES ('${w.meeting}', 'day', ${at}, ${at})`, ['worker']),
];
