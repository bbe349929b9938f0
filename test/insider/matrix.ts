import { randomUUID } from 'node:crypto';
import type { RoleUrls } from '../../migrations/bootstrap.js';
import { world as w } from './arrange.js';
import { commonCells } from './common.cells.js';
import { conflictCells } from './conflict.cells.js';
import { councilCells } from './council.cells.js';
import { courtCells } from './court.cells.js';
import { fileCells } from './file.cells.js';
import { hoursCells } from './hours.cells.js';
import { importCells } from './import.cells.js';
import { intakeCells } from './intake.cells.js';
import { meetingCells } from './meeting.cells.js';
import { registerCells } from './register.cells.js';
import { inJoint, roomCells } from './room.cells.js';
import { safekeepingCells } from './safekeeping.cells.js';
import { wishCells } from './wish.cells.js';

/** Somebody asking the database directly: which login, and as whom the connection says it asks. */
export type Asker = { login: keyof RoleUrls; person?: string; role?: string; court?: string; invitation?: string };

export const askers = {
  owner: { login: 'owner' },
  ownerAsAna: { login: 'owner', person: w.ana, role: 'citizen' },
  nobody: { login: 'app' },
  visitor: { login: 'app', role: 'visitor' },
  system: { login: 'app', role: 'system' },
  stranger: { login: 'app', person: w.stranger, role: 'citizen' },
  ana: { login: 'app', person: w.ana, role: 'citizen' },
  boris: { login: 'app', person: w.boris, role: 'citizen' },
  judge: { login: 'app', person: w.judge, role: 'mediator' },
  judgeAsCitizen: { login: 'app', person: w.judge, role: 'citizen' },
  otherMediator: { login: 'app', person: w.otherMediator, role: 'mediator' },
  formerMediator: { login: 'app', person: w.former, role: 'mediator' },
  observer: { login: 'app', person: w.watcher, role: 'citizen' },
  /** Agreed to by all; in the joint room alone, for neither side lets him into its own. */
  coMediator: { login: 'app', person: w.second, role: 'mediator' },
  coMediatorAsCitizen: { login: 'app', person: w.second, role: 'citizen' },
  /** Agreed to by all, and by Ana in her private room. */
  interpreter: { login: 'app', person: w.speaker, role: 'citizen' },
  formerRepresentative: { login: 'app', person: w.formerRepresentative, role: 'citizen' },
  dutyMediator: { login: 'app', person: w.duty, role: 'mediator' },
  coordinator: { login: 'app', person: w.coordinator, role: 'coordinator' },
  anaAsCoordinator: { login: 'app', person: w.ana, role: 'coordinator' },
  clerk: { login: 'app', person: w.clerk, role: 'court', court: 'TEST' },
  council: { login: 'app', person: w.council, role: 'council' },
  admin: { login: 'app', person: w.admin, role: 'administrator' },
  invited: { login: 'app', role: 'visitor', invitation: w.openInvitation },
  worker: { login: 'worker', role: 'system' },
  court: { login: 'court', person: w.clerk, role: 'court', court: 'TEST' },
  report: { login: 'report', role: 'council' },
} satisfies Record<string, Asker>;
export type AskerName = keyof typeof askers;

const desk: AskerName[] = ['coordinator'];
/** Of a case that is nobody's own here: an office is held in every dispute but one's own. */
const anyDesk: AskerName[] = ['coordinator', 'anaAsCoordinator'];
const parties: AskerName[] = ['ana', 'boris'];
const participants: AskerName[] = [...parties, 'judge'];
/** Who reads the case itself: a co-mediator changes nothing of it. */
const atTheTable: AskerName[] = [...participants, 'coMediator'];

/** One question: a statement (after `first`, if given) that touches one row, and those who alone get it. `writes` are rolled back. */
export type Cell = { table: string; what: string; sql: string; by: AskerName[]; first?: string };
const sees = (table: string, column: string, id: string | undefined, by: AskerName[]): Cell => ({
  table,
  what: 'sees',
  sql: `SELECT 1 FROM ${table} WHERE ${column} = '${id}'`,
  by,
});
const does = (table: string, what: string, sql: string, by: AskerName[]): Cell => ({ table, what, sql, by });

/** What was asked of somebody is over once the case is withdrawn, whoever may move it. */
const ends = (table: string, where: string, caseId: string | undefined, by: AskerName[]): Cell => ({
  table,
  what: 'ends with its case',
  first: `UPDATE cases SET state = 'WITHDRAWN' WHERE id = '${caseId}'`,
  sql: `SELECT 1 FROM ${table} WHERE ${where}`,
  by,
});

const at = `'2026-09-21T10:00:00Z'`;
const blob = `'\\x00'::bytea`;

export const cells: Cell[] = [
  sees('cases', 'id', w.live, [...atTheTable, ...desk, 'invited', 'worker']),
  sees('cases', 'id', w.offered, ['stranger', 'otherMediator', ...anyDesk, 'worker']),
  sees('cases', 'id', w.draft, ['ana', 'anaAsCoordinator', 'worker']),
  does('cases', 'opens for another', insertCase(w.boris!), ['boris']),
  does('cases', 'moves', `UPDATE cases SET state_since = state_since WHERE id = '${w.live}' RETURNING 1`, [
    ...participants,
    ...desk,
    'invited',
    'worker',
  ]),
  sees('applications', 'case_id', w.live, ['ana', 'judge', 'coMediator']),
  sees('applications', 'case_id', w.draft, ['ana', 'anaAsCoordinator']),
  does('applications', 'changes', `UPDATE applications SET version = version + 1 WHERE case_id = '${w.live}' RETURNING 1`, [
    'ana',
    'judge',
  ]),
  does(
    'applications',
    'adds',
    `INSERT INTO applications (case_id, answers_sealed, saved_at) SELECT '${w.offered}', ${blob}, ${at} RETURNING 1`,
    ['stranger', ...anyDesk],
  ),
  sees('summaries', 'case_id', w.live, [...atTheTable, ...desk, 'invited']),
  does('summaries', 'writes', `INSERT INTO summaries VALUES ('${w.offered}', ${blob}, '${w.coordinator}', ${at})`, anyDesk),
  does('summaries', 'changes', `UPDATE summaries SET approved_at = ${at} WHERE case_id = '${w.live}' RETURNING 1`, desk),
  sees('parties', 'id', w.partyB, [...atTheTable, ...desk, 'invited', 'worker']),
  does('parties', 'adds', insertParty(), ['stranger', 'otherMediator', ...anyDesk]),
  does('parties', 'changes', `UPDATE parties SET joined_at = ${at} WHERE id = '${w.partyB}' RETURNING 1`, [
    ...participants,
    ...desk,
    'invited',
  ]),
  does('parties', 'removes from a draft', `DELETE FROM parties WHERE id = '${w.partyC}' RETURNING 1`, ['ana', 'anaAsCoordinator']),
  sees('invitations', 'id', w.openInvitation, ['boris', ...desk, 'invited', 'worker']),
  sees('invitations', 'id', w.invitation, ['boris', ...desk, 'worker']),
  does('invitations', 'issues', insertInvitation(), desk),
  does('invitations', 'answers', `UPDATE invitations SET opened_at = ${at} WHERE id = '${w.openInvitation}' RETURNING 1`, [
    'boris',
    ...desk,
    'invited',
    'worker',
  ]),
  sees('offers', 'id', w.offer, ['otherMediator', ...anyDesk, 'worker']),
  does('offers', 'makes', insertOffer(), desk),
  does('offers', 'answers', `UPDATE offers SET expires_at = ${at} WHERE id = '${w.offer}' RETURNING 1`, [
    'otherMediator',
    ...anyDesk,
    'worker',
  ]),
  ends('invitations', `id = '${w.openInvitation}' AND revoked_at IS NOT NULL`, w.live, ['boris', ...desk, 'invited', 'worker']),
  ends('offers', `id = '${w.offer}' AND answer = 'withdrawn'`, w.offered, ['otherMediator', ...anyDesk, 'worker']),
  ends('papers', `id = '${w.paper}' AND abandoned_at IS NOT NULL`, w.live, [...participants, 'worker']),
  sees('ending_reasons', 'id', w.reason, ['ana', 'anaAsCoordinator']),
  does(
    'ending_reasons',
    'says why',
    `INSERT INTO ending_reasons VALUES ('${randomUUID()}', '${w.live}', '${w.ana}', 'A', ${blob}, ${at})`,
    ['ana'],
  ),
  { table: 'papers', what: 'reads a draft', sql: `SELECT text_sealed FROM papers WHERE id = '${w.draftPaper}'`, by: ['judge'] },
  { table: 'papers', what: 'reads', sql: `SELECT text_sealed FROM papers WHERE id = '${w.paper}'`, by: atTheTable },
  { table: 'papers', what: 'knows of', sql: `SELECT concluded_at FROM papers WHERE id = '${w.paper}'`, by: [...atTheTable, 'worker'] },
  does('papers', 'drafts', insertPaper(), ['judge']),
  does('papers', 'concludes', `UPDATE papers SET concluded_at = NULL WHERE id = '${w.paper}' RETURNING 1`, participants),
  sees('confirmations', 'paper_id', w.paper, atTheTable),
  does(
    'confirmations',
    'confirms as Boris',
    `INSERT INTO confirmations VALUES ('${w.paper}', '${w.boris}', '${w.partyB}', '\\x01', 'otp', ${at})`,
    ['boris'],
  ),
  sees('deadlines', 'id', w.deadline, [...atTheTable, ...desk, 'invited', 'worker']),
  does(
    'deadlines',
    'sets',
    `INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ('${randomUUID()}', '${w.live}', 'X', ${at}, ${at})`,
    [...participants, ...desk, 'invited', 'worker'],
  ),
  does('deadlines', 'cancels', `UPDATE deadlines SET cancelled_at = ${at} WHERE id = '${w.deadline}' RETURNING 1`, [
    ...participants,
    ...desk,
    'invited',
    'worker',
  ]),
  sees('rooms', 'id', w.joint, inJoint),
  sees('rooms', 'id', w.caucusA, ['ana', 'judge', 'interpreter']),
  sees('rooms', 'id', w.caucusB, ['boris', 'judge']),
  sees('messages', 'room_id', w.joint, inJoint),
  sees('messages', 'room_id', w.caucusA, ['ana', 'judge', 'interpreter']),
  sees('messages', 'room_id', w.caucusB, ['boris', 'judge']),
  does('read_marks', 'marks', `INSERT INTO read_marks VALUES ('${w.joint}', '${w.boris}', 1, ${at})`, ['boris']),
  does('read_marks', 'moves', `UPDATE read_marks SET seq = 1 WHERE room_id = '${w.caucusA}' RETURNING 1`, ['ana']),
  sees('keys.data_keys', 'scope_id', w.caucusA, ['ana', 'judge', 'interpreter']),
  sees('keys.data_keys', 'scope_id', w.partyB, [...allOfApp(), 'worker']),
  sees('keys.data_keys', 'scope_id', w.live, allOfApp()),
  does('keys.data_keys', 'adds', `INSERT INTO keys.data_keys VALUES ('party', '${randomUUID()}', 1, '1', ${blob}, ${at})`, allOfApp()),
  sees('events', 'id', w.event, [...atTheTable, ...desk, 'invited', 'worker']),
  sees('events', 'id', w.personEvent, ['ana', 'anaAsCoordinator', 'admin', 'worker']),
  sees('notifications', 'id', w.notice, ['ana', 'anaAsCoordinator', 'worker']),
  sees('notifications', 'id', w.caseNotice, ['boris', ...desk, 'worker']),
  does('notifications', 'marks read', `UPDATE notifications SET read_at = ${at} WHERE id = '${w.notice}' RETURNING 1`, [
    'ana',
    'anaAsCoordinator',
    'worker',
  ]),
  does('notifications', 'plans', insertNotice(), ['worker']),
  does('notifications', 'sends again', `SELECT 1 WHERE resend_notice('${w.failedNotice}', '${randomUUID()}', ${at})`, desk),
  sees('proposals', 'id', w.proposal, [...participants, 'worker']),
  does('proposals', 'proposes', insertProposal(), participants),
  does('proposals', 'closes', `UPDATE proposals SET closed_at = ${at} WHERE id = '${w.proposal}' RETURNING 1`, [...participants, 'worker']),
  sees('proposal_slots', 'id', w.slot, [...participants, 'worker']),
  does(
    'proposal_slots',
    'adds',
    `INSERT INTO proposal_slots VALUES ('${randomUUID()}', '${w.proposal}', '${w.live}', '[2026-10-02T05:00Z,2026-10-02T06:00Z)')`,
    participants,
  ),
  sees('slot_answers', 'slot_id', w.slot, [...participants, 'worker']),
  does('slot_answers', 'tell what was answered', `SELECT accepts FROM slot_answers WHERE slot_id = '${w.slot}'`, participants),
  does('slot_answers', 'answers', `INSERT INTO slot_answers VALUES ('${w.slot}', '${w.live}', '${w.boris}', true, ${at})`, ['boris']),
  does(
    'slot_answers',
    'changes',
    `UPDATE slot_answers SET accepts = false WHERE slot_id = '${w.slot}' AND person_id = '${w.ana}' RETURNING 1`,
    ['ana'],
  ),
  sees('meetings', 'id', w.meeting, [...participants, 'worker']),
  does('meetings', 'books', insertMeeting(), participants),
  does('meetings', 'cancels', `UPDATE meetings SET sequence = 1 WHERE id = '${w.meeting}' RETURNING 1`, [...participants, 'worker']),
  sees('bookings', 'id', w.booking, [...participants, 'anaAsCoordinator', 'worker']),
  does('bookings', 'books', insertBooking(), participants),
  does('bookings', 'cancels', `UPDATE bookings SET cancelled_at = ${at} WHERE id = '${w.booking}' RETURNING 1`, [
    ...participants,
    'worker',
  ]),
  ...hoursCells(allOfApp()),
  ...fileCells,
  sees('court_cases', 'id', w.live, ['court']),
  ...courtCells,
  ...safekeepingCells,
  ...councilCells,
  ...importCells,
  { table: 'court_cases', what: 'dates', sql: `SELECT 1 FROM court_cases WHERE id = '${w.live}' AND due_at IS NOT NULL`, by: ['court'] },
  // The definer functions: the roles that may call them, and that they can still do their work.
  does('messages', 'posts as Ana', `SELECT 1 FROM post_messages('${posting(w.caucusA, w.ana)}') WHERE outcome = 'posted'`, allOfApp()),
  does(
    'messages',
    'cannot post as Boris in caucus A',
    `SELECT 1 FROM post_messages('${posting(w.caucusA, w.boris)}') WHERE outcome = 'not_found'`,
    allOfApp(),
  ),
  {
    ...does(
      'rooms',
      'open with their members',
      `SELECT 1 FROM post_messages('${posting(w.freshCaucusA, w.ana)}') WHERE outcome = 'posted'`,
      allOfApp(),
    ),
    first: `SELECT open_rooms('${w.fresh}', '${w.freshJoint}', '${w.freshCaucusA}', '${w.freshCaucusB}', ${at})`,
  },
  calledOff('proposals', 'closed_at', w.endedProposal, ['ana', 'judge', 'worker']),
  calledOff('meetings', 'cancelled_at', w.endedMeeting, ['ana', 'judge', 'worker']),
  calledOff('bookings', 'cancelled_at', w.endedBooking, ['ana', 'judge', 'anaAsCoordinator', 'worker']),
  does('cases', 'begin by a contract of all', `UPDATE cases SET state = 'IN_MEDIATION' WHERE id = '${w.signing}' RETURNING 1`, [
    'ana',
    'judge',
    ...desk,
    'worker',
  ]),
  does('events', 'adds', `SELECT record_event('${randomUUID()}', '${w.live}', 'case.closed', NULL, 'system', ${at}, '{}')`, [
    ...allOfApp(),
    'worker',
  ]),
  { table: 'check_message', what: 'tells', sql: `SELECT 1 FROM check_message('dddd')`, by: allOfApp() },
  { table: 'shred_room', what: 'shreds', sql: `SELECT 1 WHERE shred_room('${w.caucusA}', 'test', ${at}) = 1`, by: ['worker'] },
  ...[commonCells, conflictCells, intakeCells, meetingCells, registerCells, roomCells, wishCells].flat(),
];

function allOfApp(): AskerName[] {
  return (Object.keys(askers) as AskerName[]).filter((name) => askers[name].login === 'app');
}
function calledOff(table: string, column: string, id: string | undefined, by: AskerName[]): Cell {
  const first = `SELECT call_off_hours('${w.ended}', NULL, ${at})`;
  return {
    ...does(table, 'are called off after the end', `SELECT 1 FROM ${table} WHERE id = '${id}' AND ${column} IS NOT NULL`, by),
    first,
  };
}
function posting(room: string | undefined, author: string | undefined) {
  const row = {
    id: randomUUID(),
    room_id: room,
    author_id: author,
    author_role: 'citizen',
    client_id: randomUUID(),
    body: 'AA==',
    body_mac: 'AA==',
    posted_at: '2026-09-21T10:00:00Z',
  };
  return JSON.stringify([row]);
}
function insertCase(by: string) {
  return `INSERT INTO cases (id, state, state_since, category, district, language, created_by, created_at, rules_on)
    VALUES ('${randomUUID()}', 'DRAFT', ${at}, 'x', 'x', 'kk', '${by}', ${at}, '2026-09-21')`;
}
function insertParty() {
  return `INSERT INTO parties (id, case_id, side, ordinal, kind, surname, given, language) VALUES ('${randomUUID()}', '${w.offered}', 'A', 1, 'person', 'x', 'x', 'kk')`;
}
function insertInvitation() {
  return `INSERT INTO invitations (id, case_id, party_id, round, code_hash, issued_at, expires_at) VALUES ('${randomUUID()}', '${w.live}', '${w.partyB}', 9, '\\x09', ${at}, ${at})`;
}
function insertOffer() {
  return `INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at) VALUES ('${randomUUID()}', '${w.live}', '${w.judge}', '${w.coordinator}', ${at}, ${at})`;
}
function insertPaper() {
  return `INSERT INTO papers (id, case_id, kind, text_sealed, hash, drafted_by, created_at) VALUES ('${randomUUID()}', '${w.live}', 'settlement', ${blob}, '\\x02', '${w.judge}', ${at})`;
}
function insertNotice() {
  return `INSERT INTO notifications (id, source_id, source_type, recipient_kind, recipient_id, channel, template, language, legal, urgency, check_code, created_at, due_at) VALUES ('${randomUUID()}', '${randomUUID()}', 'x', 'person', '${w.ana}', 'email', 'x', 'kk', false, 'normal', 'CCCC', ${at}, ${at})`;
}
function insertProposal() {
  return `INSERT INTO proposals (id, case_id, proposed_by, mode, created_at, expires_at, closed_at) VALUES ('${randomUUID()}', '${w.live}', '${w.judge}', 'room', ${at}, ${at}, ${at})`;
}
function insertMeeting() {
  return `INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ('${randomUUID()}', '${w.live}', 'room', '[2026-11-01T05:00Z,2026-11-01T06:00Z)', ${at})`;
}
function insertBooking() {
  return `INSERT INTO bookings (id, meeting_id, case_id, subject_kind, subject_id, during) VALUES ('${randomUUID()}', '${w.meeting}', '${w.live}', 'party', '${w.boris}', '[2026-10-01T05:00Z,2026-10-01T06:00Z)')`;
}
