import { randomUUID } from 'node:crypto';
import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const blob = `'\\x00'::bytea`;
const does = (table: string, what: string, sql: string, by: AskerName[]): Cell => ({ table, what, sql, by });
const sees = (table: string, column: string, id: string | undefined, by: AskerName[]) =>
  does(table, 'sees', `SELECT 1 FROM ${table} WHERE ${column} = '${id}'`, by);

/** Who reads the joint room: parties, mediator, and the guests who sit there. */
export const inJoint: AskerName[] = ['ana', 'boris', 'judge', 'coMediator', 'interpreter'];

export const roomCells: Cell[] = [
  sees('room_unread', 'room_id', w.caucusB, ['worker']),
  sees('gathering_questions', 'source_id', w.guest, ['worker']),
  {
    table: 'room_unread',
    what: 'counts',
    sql: `SELECT 1 FROM room_unread WHERE room_id = '${w.joint}' AND person_id = '${w.ana}' AND read_seq = 1`,
    by: ['worker'],
  },
  sees('room_members', 'room_id', w.caucusA, ['ana', 'judge', 'interpreter']),
  sees('read_marks', 'room_id', w.caucusA, ['ana', 'judge', 'interpreter']),
  sees('message_edits', 'room_id', w.caucusA, ['ana', 'judge', 'interpreter']),
  does(
    'message_edits',
    'changes her message',
    `SELECT 1 WHERE edit_message('${w.joint}', 1, 1, ${blob}, '\\x01', NULL, '2026-09-20T10:05:00Z') = 'edited'`,
    ['ana'],
  ),
  does('releases', 'sees', `SELECT id FROM releases WHERE id = '${w.release}'`, ['ana', 'judge', 'interpreter']),
  does(
    'releases',
    'asks for Boris words',
    `SELECT 1 WHERE ask_release('${randomUUID()}', '${w.caucusB}', 1, 0, '${w.caucusA}', '${randomUUID()}', '${randomUUID()}', ${blob}, ${blob}, ${at}) = 'asked'`,
    ['judge'],
  ),
  does('releases', 'agrees', `SELECT 1 FROM answer_release('${w.release}', true, NULL, ${at}) WHERE said = 'agreed'`, ['ana']),
  {
    ...does('released', 'follows from consent', `SELECT agreed_at FROM released WHERE room_id = '${w.joint}' AND seq > 1`, ['ana']),
    first: `SELECT * FROM answer_release('${w.release}', true, NULL, ${at})`,
  },
  does('released', 'sees', `SELECT agreed_at FROM released WHERE room_id = '${w.joint}'`, inJoint),
  sees('room_handovers', 'room_id', w.caucusA, ['ana']),
  {
    ...does('room_handovers', 'answers', `SELECT 1 WHERE answer_handover('${w.caucusA}', true, ${at}) = 'done'`, ['ana']),
    first: `UPDATE cases SET mediator_id = '${w.otherMediator}' WHERE id = '${w.live}'`,
  },
  sees('rooms', 'id', w.watched, ['ana', 'observer']),
  sees('notes', 'id', w.note, ['judge']),
  does('notes', 'writes as the judge', `INSERT INTO notes VALUES ('${randomUUID()}', '${w.live}', '${w.judge}', NULL, ${blob}, ${at})`, [
    'judge',
  ]),
  does('notes', 'changes', `UPDATE notes SET body = ${blob} WHERE id = '${w.note}' RETURNING 1`, ['judge']),
  does('notes', 'takes away', `DELETE FROM notes WHERE id = '${w.note}' RETURNING 1`, ['judge']),
  {
    ...does('notes', 'are lost to who lost the case', `SELECT 1 FROM notes WHERE id = '${w.note}'`, []),
    first: `UPDATE cases SET mediator_id = '${w.otherMediator}' WHERE id = '${w.live}'`,
  },
  does('rooms', 'pauses', `SELECT 1 WHERE moderate_room('${w.joint}', 'paused', NULL, ${at}) = 'done'`, ['judge', 'coMediator']),
  does('room_members', 'mutes', `SELECT 1 WHERE mute_member('${w.joint}', '${w.boris}', ${at}) = 'done'`, ['judge', 'coMediator']),
  sees('rooms', 'id', w.consultation, ['stranger']),
  sees('rooms', 'id', w.taken, ['stranger', 'dutyMediator']),
  sees('room_members', 'room_id', w.taken, ['stranger', 'dutyMediator']),
  sees('messages', 'room_id', w.taken, ['stranger', 'dutyMediator']),
  sees('keys.data_keys', 'scope_id', w.taken, ['stranger', 'dutyMediator']),
  does(
    'consultations',
    'asks',
    `SELECT 1 WHERE ask_consultation('${randomUUID()}', '${randomUUID()}', 'kk', '', 'start', NULL, ${at}) = 'asked'`,
    ['ana', 'boris', 'judgeAsCitizen', 'observer', 'coMediatorAsCitizen', 'interpreter', 'formerRepresentative'],
  ),
  does('consultations', 'is on duty and sees who waits', `SELECT 1 FROM waiting_consultations(${at})`, ['dutyMediator']),
  does('consultations', 'takes', `SELECT 1 WHERE take_consultation('${w.asked}', ${at})`, ['dutyMediator']),
  does('consultations', 'sees', `SELECT id FROM consultations WHERE id = '${w.asked}'`, ['stranger', 'worker']),
  does('consultations', 'reads a draft', `SELECT draft_sealed FROM consultations WHERE id = '${w.asked}'`, ['stranger']),
  {
    ...does('consultations', 'are read by who took them', `SELECT draft_sealed FROM consultations WHERE id = '${w.asked}'`, [
      'dutyMediator',
      'stranger',
    ]),
    first: `SELECT take_consultation('${w.asked}', ${at})`,
  },
  does('consultations', 'answers a draft', `SELECT 1 WHERE answer_draft('${w.asked}', NULL, ${at})`, ['stranger']),
  does('consultations', 'takes back', `SELECT 1 WHERE end_consultation('${w.asked}', 'withdrawn', ${at})`, ['stranger']),
  does('consultations', 'lets run out', `SELECT 1 WHERE end_consultation('${w.asked}', 'expired', ${at})`, ['system', 'worker']),
  does('consultations', 'marks as told', `UPDATE consultations SET desk_told_at = ${at} WHERE id = '${w.asked}' RETURNING 1`, ['worker']),
  does('consultations', 'counts', `SELECT 1 FROM consultation_totals('2026-01-01', '2027-01-01') WHERE asked > 0`, [
    'coordinator',
    'anaAsCoordinator',
  ]),
  sees('guests', 'id', w.guest, ['ana', 'boris', 'judge', 'observer']),
  does(
    'guests',
    'asks as the judge',
    `INSERT INTO guests (id, case_id, capacity, name, contact_hash, asked_by, asked_at) VALUES ('${randomUUID()}', '${w.live}', 'observer', 'Б', ${blob}, '${w.judge}', ${at})`,
    ['judge'],
  ),
  does('guests', 'pledges', `SELECT 1 WHERE pledge_guest('${w.guest}', '1', ${at}) = 'done'`, ['observer']),
  does('guests', 'ends', `SELECT 1 WHERE end_guest('${w.guest}', ${at}) = 'done'`, ['judge', 'observer']),
  sees('guests', 'id', w.secondAsked, ['ana', 'boris', 'judge', 'coMediator']),
  sees('guests', 'id', w.speakerAsked, ['ana', 'boris', 'judge', 'interpreter']),
  does('guests', 'reads a contact', `SELECT contact_sealed FROM guests WHERE id = '${w.guest}'`, []),
  does('guests', 'is told whose case it is', `SELECT 1 WHERE cardinality(names_to_declare_on('${w.live}')) > 0`, ['coMediator']),
  does('guests', 'declares no conflict', `SELECT 1 WHERE declare_no_conflict('${w.secondAsked}', ${at}) = 'done'`, ['coMediator']),
  sees('guest_answers', 'guest_id', w.guest, ['ana']),
  does('rooms', 'opens rooms beside a second mediator', `SELECT open_beside('${w.secondAsked}', ${at})`, ['ana', 'boris', 'coMediator']),
  does('guest_answers', 'answers', `SELECT 1 WHERE answer_guest('${w.guest}', true, true, ${at}) = 'done'`, ['ana', 'boris']),
  does(
    'rooms',
    'opens a smaller room',
    `SELECT 1 WHERE open_sub_room('${randomUUID()}', '${w.live}', ARRAY['${w.ana}']::uuid[], ${at}) <> 'not_found'`,
    ['judge'],
  ),
  does('room_members', 'leaves a smaller room', `SELECT 1 WHERE leave_sub_room('${w.watched}', '${w.ana}', ${at}) = 'done'`, ['ana']),
  sees('joint_requests', 'case_id', w.live, ['ana', 'boris', 'judge']),
  sees('joint_consents', 'case_id', w.live, ['ana']),
  {
    ...does('joint_requests', 'asks', `SELECT 1 WHERE ask_joint('${w.live}', true, ${at}) = 'done'`, ['judge']),
    first: `UPDATE cases SET shuttle = 'default' WHERE id = '${w.live}'`,
  },
  does('joint_consents', 'answers', `SELECT 1 WHERE answer_joint('${w.live}', true, '${randomUUID()}', ${at}) = 'done'`, ['ana', 'boris']),
  does('joint_requests', 'parts the sides', `SELECT 1 WHERE keep_apart('${w.live}', ${at})`, ['judge']),
];
