import { randomUUID } from 'node:crypto';
import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const blob = `'\\x00'::bytea`;
const does = (table: string, what: string, sql: string, by: AskerName[]): Cell => ({ table, what, sql, by });
const sees = (table: string, column: string, id: string | undefined, by: AskerName[]) =>
  does(table, 'sees', `SELECT 1 FROM ${table} WHERE ${column} = '${id}'`, by);

export const roomCells: Cell[] = [
  sees('message_edits', 'room_id', w.caucusA, ['ana', 'judge']),
  does(
    'message_edits',
    'changes her message',
    `SELECT 1 WHERE edit_message('${w.joint}', 1, 1, ${blob}, '\\x01', NULL, '2026-09-20T10:05:00Z') = 'edited'`,
    ['ana'],
  ),
  does('rooms', 'pauses', `SELECT 1 WHERE moderate_room('${w.joint}', 'paused', NULL, ${at}) = 'done'`, ['judge']),
  does('room_members', 'mutes', `SELECT 1 WHERE mute_member('${w.joint}', '${w.boris}', ${at}) = 'done'`, ['judge']),
  sees('rooms', 'id', w.consultation, ['stranger']),
  does('rooms', 'asks as Ana', `SELECT 1 WHERE open_consultation('${randomUUID()}', '${w.ana}', NULL, ${at})`, ['ana']),
  does('room_members', 'takes a consultation', `SELECT 1 WHERE take_consultation('${w.consultation}', ${at})`, ['judge', 'otherMediator']),
];
