import { randomUUID } from 'node:crypto';
import { conflicts } from './arrange.conflicts.js';
import { court } from './arrange.court.js';
import { files } from './arrange.files.js';
import { register } from './arrange.register.js';
import { liveRooms } from './arrange.rooms.js';
import { safekeeping } from './arrange.safekeeping.js';

export type Run = (sql: string, values?: unknown[]) => Promise<unknown>;

/** Ids of one small world: a case in mediation between Ana and Boris, and a second one that is only offered. */
export const world = Object.fromEntries(
  ['ana', 'boris', 'judge', 'otherMediator', 'coordinator', 'clerk', 'admin', 'council', 'stranger', 'former', 'watcher']
    .concat(['live', 'draft', 'offered', 'partyA', 'partyB', 'partyC', 'joint', 'caucusA', 'caucusB', 'paper', 'invitation'])
    .concat(['openInvitation', 'filedParty', 'filedDeadline', 'filedEvent'])
    .concat([
      'offer',
      'reason',
      'draftPaper',
      'proposal',
      'slot',
      'meeting',
      'booking',
      'fileA',
      'fileRoom',
      'event',
      'personEvent',
      'sentNotice',
      'failedNotice',
      'fresh',
      'freshA',
      'freshB',
      'freshJoint',
      'freshCaucusA',
      'freshCaucusB',
      'signing',
      'signingA',
      'signingPaper',
      'notice',
      'caseNotice',
      'session',
      'deadline',
      'message',
      'ended',
      'endedA',
      'endedProposal',
      'endedMeeting',
      'endedBooking',
      'dayMeeting',
      'resource',
      'exception',
      'feed',
      'move',
      'consultation',
      'asked',
      'release',
      'givenRelease',
      'watched',
      'note',
      'guest',
    ])
    .concat(['duty', 'formerRepresentative', 'taken', 'act', 'relation', 'disclosure', 'openOffer', 'spareOffer'])
    .concat('second speaker secondAsked speakerAsked choosing choosingWaits waits training openTraining trainingCertificate'.split(' '))
    .concat('objection assignment batch spare hook hookEvent import'.split(' '))
    .concat('opening incident councilMeeting settled memorandum fileDraft fileWide filePower uploadPart upload uploadWaiting'.split(' '))
    .map((name) => [name, randomUUID()]),
) as Record<string, string>;

const people =
  'ana boris judge otherMediator coordinator clerk admin council stranger former watcher duty formerRepresentative second speaker'.split(
    ' ',
  );
const at = '2026-09-20T10:00:00Z';
const blob = `'\\x00'::bytea`;

/** Everything is written by the superuser, who passes every policy; the triggers hold for him too. */
export async function arrange(run: Run) {
  const w = world;
  await run(`INSERT INTO courts (id, level, kk, ru, en) VALUES ('TEST', 'first', 'x', 'x', 'x')`);
  for (const name of people) {
    await run(`INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, $2, $2, 'kk', $3, '${at}')`, [
      w[name],
      name,
      Buffer.from(name),
    ]);
    await run(`INSERT INTO keys.data_keys VALUES ('person', $1, 1, '1', ${blob}, '${at}')`, [w[name]]);
  }
  for (const [number, name] of ['judge', 'otherMediator', 'duty', 'second'].entries()) {
    await run(
      `INSERT INTO mediators (person_id, kind, register_number, register_entry_date, languages, fields, district, capacity)
       VALUES ($1, 'public', $2, '2020-01-01', '{kk}', '{neighbours}', 'ulan', 5)`,
      [w[name], `R-${number}`],
    );
  }
  await run(`UPDATE mediators SET published_at = '2020-02-01' WHERE person_id = $1`, [w.duty]);
  await run(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'mediator', '2020-01-01') ON CONFLICT DO NOTHING`, [
    w.duty,
  ]);
  await cases(run);
  await papersAndRooms(run);
  await hoursFilesFacts(run);
  await times(run);
  await court(run, world);
  await conflicts(run, world);
  await safekeeping(run, world);
  await register(run, world);
}

async function cases(run: Run) {
  const w = world;
  const add = `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, mediator_id, court_id, created_at, filed_at, rules_on)
    VALUES ($1, $2, $3, '${at}', 'neighbours', 'ulan', 'kk', $4, $5, 'TEST', '${at}', '${at}', '2026-09-20')`;
  await run(add, [w.live, 'M-2026-0001', 'IN_MEDIATION', w.ana, w.judge]);
  await run(add, [w.offered, 'M-2026-0002', 'MEDIATOR_OFFERED', w.stranger, null]);
  await run(add, [w.draft, null, 'DRAFT', w.ana, null]);
  await run(add, [w.fresh, 'M-2026-0003', 'IN_MEDIATION', w.ana, w.judge]);
  await run(add, [w.waits, 'M-2026-0006', 'CONSENTED', w.stranger, null]);
  await run(add, [w.signing, 'M-2026-0004', 'CONTRACT_SIGNING', w.ana, w.judge]);
  await run(add.replace(', rules_on)', ', rules_on, ground)').replace(`'2026-09-20')`, `'2026-09-20', '2')`), [
    w.ended,
    'M-2026-0005',
    'TERMINATED',
    w.ana,
    w.judge,
  ]);
  for (const id of [w.live, w.offered, w.draft])
    await run(`INSERT INTO keys.data_keys VALUES ('case', $1, 1, '1', ${blob}, '${at}')`, [id]);
  await run(`INSERT INTO applications (case_id, answers_sealed, saved_at) VALUES ($1, ${blob}, '${at}'), ($2, ${blob}, '${at}')`, [
    w.live,
    w.draft,
  ]);
  await run(`INSERT INTO summaries VALUES ($1, ${blob}, $2, '${at}')`, [w.live, w.coordinator]);
  const party = `INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, language) VALUES ($1, $2, $3, 1, 'person', $4, 'x', 'x', 'kk')`;
  await run(party, [w.partyA, w.live, 'A', w.ana]);
  await run(party, [w.partyB, w.live, 'B', w.boris]);
  await run(party, [w.freshA, w.fresh, 'A', w.ana]);
  await run(party, [w.freshB, w.fresh, 'B', w.boris]);
  await run(party, [w.signingA, w.signing, 'A', w.ana]);
  await run(party, [w.endedA, w.ended, 'A', w.ana]);
  await run(party, [w.partyC, w.draft, 'B', null]);
  for (const id of [w.partyA, w.partyB, w.partyC])
    await run(`INSERT INTO keys.data_keys VALUES ('party', $1, 1, '1', ${blob}, '${at}')`, [id]);
  const invitation = `INSERT INTO invitations (id, case_id, party_id, round, code_hash, issued_at, expires_at, answered_at) VALUES ($1, $2, $3, $4, $5, '${at}', '${at}', $6)`;
  await run(invitation, [w.invitation, w.live, w.partyB, 1, Buffer.from('one'), at]);
  await run(invitation, [w.openInvitation, w.live, w.partyB, 2, Buffer.from('two'), null]);
  await run(`INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at) VALUES ($1, $2, $3, $4, '${at}', '${at}')`, [
    w.offer,
    w.offered,
    w.otherMediator,
    w.coordinator,
  ]);
  await run(`INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, 'MEDIATION_TERM', '${at}', '${at}')`, [
    w.deadline,
    w.live,
  ]);
  await run(
    `INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES (gen_random_uuid(), $1, 'DRAFT_AUTODELETE', '${at}', '${at}')`,
    [w.draft],
  );
}

async function papersAndRooms(run: Run) {
  const w = world;
  await run(
    `INSERT INTO papers (id, case_id, kind, text_sealed, hash, drafted_by, created_at, frozen_at) VALUES ($1, $2, 'contract', ${blob}, '\\x01', $3, '${at}', '${at}')`,
    [w.paper, w.live, w.judge],
  );
  await run(`INSERT INTO confirmations VALUES ($1, $2, $3, '\\x01', 'otp', '${at}')`, [w.paper, w.ana, w.partyA]);
  await run(
    `INSERT INTO papers (id, case_id, kind, scope, text_sealed, hash, drafted_by, created_at) VALUES ($1, $2, 'settlement', 'full', ${blob}, '\\x02', $3, '${at}')`,
    [w.draftPaper, w.ended, w.judge],
  );
  await run(`INSERT INTO ending_reasons (id, case_id, person_id, side, body_sealed, given_at) VALUES ($1, $2, $3, 'A', ${blob}, '${at}')`, [
    w.reason,
    w.live,
    w.ana,
  ]);
  const signed = `INSERT INTO papers (id, case_id, kind, text_sealed, hash, drafted_by, created_at, frozen_at) VALUES ($1, $2, 'contract', ${blob}, '\\x01', $3, '${at}', '${at}')`;
  await run(signed, [w.signingPaper, w.signing, w.judge]);
  await run(`INSERT INTO confirmations VALUES ($1, $2, $3, '\\x01', 'otp', '${at}'), ($1, $4, NULL, '\\x01', 'otp', '${at}')`, [
    w.signingPaper,
    w.ana,
    w.signingA,
    w.judge,
  ]);
  await run(`UPDATE papers SET concluded_at = '${at}' WHERE id = $1`, [w.signingPaper]);
  await run(`SELECT open_rooms($1, $2, $3, $4, '${at}')`, [w.live, w.joint, w.caucusA, w.caucusB]);
  for (const room of [w.joint, w.caucusA, w.caucusB])
    await run(`INSERT INTO keys.data_keys VALUES ('room', $1, 1, '1', ${blob}, '${at}')`, [room]);
  const row = (room: string, author: string, id: string = randomUUID()) => ({
    id,
    room_id: room,
    author_id: author,
    author_role: 'citizen',
    client_id: randomUUID(),
    body: 'AA==',
    body_mac: 'AA==',
    posted_at: at,
  });
  await run(`SELECT * FROM post_messages($1)`, [
    JSON.stringify([row(w.joint!, w.ana!), row(w.joint!, w.boris!), row(w.caucusA!, w.ana!, w.message), row(w.caucusB!, w.boris!)]),
  ]);
  await liveRooms(run, w);
  await run(`INSERT INTO read_marks VALUES ($1, $3, 1, '${at}'), ($2, $3, 1, '${at}')`, [w.caucusA, w.joint, w.ana]);
}

async function hoursFilesFacts(run: Run) {
  const w = world;
  await run(
    `INSERT INTO proposals (id, case_id, proposed_by, mode, created_at, expires_at) VALUES ($1, $2, $3, 'room', '${at}', '${at}')`,
    [w.proposal, w.live, w.judge],
  );
  await run(`INSERT INTO proposal_slots VALUES ($1, $2, $3, '[2026-10-01T05:00Z,2026-10-01T06:00Z)')`, [w.slot, w.proposal, w.live]);
  await run(`INSERT INTO slot_answers VALUES ($1, $2, $3, true, '${at}')`, [w.slot, w.live, w.ana]);
  await run(
    `INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, 'room', '[2026-10-01T05:00Z,2026-10-01T06:00Z)', '${at}')`,
    [w.meeting, w.live],
  );
  await run(
    `INSERT INTO bookings (id, meeting_id, case_id, subject_kind, subject_id, during) VALUES ($1, $2, $3, 'party', $4, '[2026-10-01T05:00Z,2026-10-01T06:00Z)')`,
    [w.booking, w.meeting, w.live, w.ana],
  );
  await run(
    `INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, 'room', '[2026-10-08T05:00Z,2026-10-08T06:00Z)', '${at}')`,
    [w.dayMeeting, w.live],
  );
  await run(`INSERT INTO meeting_courses (meeting_id, case_id, started_at) VALUES ($1, $2, '${at}')`, [w.dayMeeting, w.live]);
  for (const person of [w.ana, w.boris, w.judge])
    await run(`INSERT INTO attendances (meeting_id, case_id, person_id) VALUES ($1, $2, $3)`, [w.dayMeeting, w.live, person]);
  await run(`INSERT INTO absences VALUES ($1, $2, $3, '${at}')`, [w.dayMeeting, w.live, w.boris]);
  await run(`INSERT INTO meeting_reminders VALUES ($1, 'day', '${at}', '${at}')`, [w.dayMeeting]);
  const later = '[2026-10-05T05:00Z,2026-10-05T06:00Z)';
  await run(
    `INSERT INTO proposals (id, case_id, proposed_by, mode, created_at, expires_at) VALUES ($1, $2, $3, 'room', '${at}', '${at}')`,
    [w.endedProposal, w.ended, w.judge],
  );
  await run(`INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, 'room', '${later}', '${at}')`, [
    w.endedMeeting,
    w.ended,
  ]);
  await run(
    `INSERT INTO bookings (id, meeting_id, case_id, subject_kind, subject_id, during) VALUES ($1, $2, $3, 'party', $4, '${later}')`,
    [w.endedBooking, w.endedMeeting, w.ended, w.ana],
  );
  await files(run, w);
  await run(`SELECT record_event($1, $2, 'case.submitted', $3, 'citizen', '${at}', '{}')`, [w.event, w.live, w.ana]);
  await run(`SELECT record_event($1, NULL, 'person.registered', $2, 'citizen', '${at}', '{}')`, [w.personEvent, w.ana]);
  const notice = `INSERT INTO notifications (id, source_id, source_type, case_id, recipient_kind, recipient_id, channel, template, language, legal, urgency, check_code, created_at, due_at)
    VALUES ($1, $2, 'x', $3, 'person', $4, 'in_app', 'x', 'kk', false, 'normal', $5, '${at}', '${at}')`;
  await run(notice, [w.notice, w.event, null, w.ana, 'AAAA']);
  await run(notice, [w.caseNotice, w.event, w.live, w.boris, 'BBBB']);
  await run(notice, [w.sentNotice, w.personEvent, null, w.stranger, 'DDDD']);
  await run(`UPDATE notifications SET state = 'sent', sent_at = '${at}' WHERE id = $1`, [w.sentNotice]);
  await run(`INSERT INTO notice_wishes VALUES ($1, 'case', 'email', false, '${at}')`, [w.ana]);
  await run(
    `INSERT INTO sessions (id, token_hash, person_id, role, created_at, last_seen_at, expires_at) VALUES ($1, '\\x05', $2, 'citizen', '${at}', '${at}', '2027-01-01')`,
    [w.session, w.ana],
  );
  await run(`INSERT INTO bounces VALUES ($1, 'x', 'y', $1, 'bounced', '', '${at}')`, [w.session]);
  await run(`INSERT INTO push_subscriptions VALUES ($1, $2, $1, '\\x01', ${blob}, '${at}')`, [w.session, w.ana]);
  await run(`INSERT INTO notice_hours VALUES ($1, 'Asia/Almaty', '21:00', '08:00', '${at}')`, [w.ana]);
  await run(notice, [w.failedNotice, w.event, w.live, w.stranger, 'EEEE']);
  await run(`UPDATE notifications SET state = 'failed' WHERE id = $1`, [w.failedNotice]);
  await run(`INSERT INTO referrals VALUES ($1, 'TEST', 'x', 'x', NULL, '2026-09-10', 30, $2, '${at}')`, [w.live, w.clerk]);
  const act = `INSERT INTO court_acts (id, case_id, court_id, kind, on_date, until, entered_by, entered_at, corrects) VALUES ($1, $2, 'TEST', 'term', '2026-09-20', $3, $4, '${at}', $5)`;
  await run(act, [w.act, w.live, '2026-10-20', w.clerk, null]);
  await run(act, [randomUUID(), w.live, '2026-10-22', w.council, w.act]);
  const advised = randomUUID();
  await run(`INSERT INTO rooms (id, kind, opened_at) VALUES ($1, 'consultation', '${at}')`, [advised]);
  await run(
    `INSERT INTO consultations (id, room_id, asker_id, language, category, source, asked_at, ended_at, outcome) VALUES (gen_random_uuid(), $1, $2, 'kk', 'debt', 'start', '${at}', '${at}', 'advice')`,
    [advised, w.stranger],
  );
  await run(`INSERT INTO satisfaction VALUES ('2026-09-01', 'intake', 'kk', 1, 5, 0, 0, 0, 0, 0, 0)`);
  await run(`INSERT INTO satisfaction_given VALUES ($1, $2, 'intake')`, [w.live, w.ana]);
  await run(`INSERT INTO safety_answers VALUES (gen_random_uuid(), $1, $2, 'B', ${blob}, '${at}')`, [w.live, w.boris]);
  await run(
    `INSERT INTO linked_cases (case_id, other_id, linked_by, linked_at) VALUES (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), $3, '${at}')`,
    [w.live, w.offered, w.coordinator],
  );
  await run(`INSERT INTO act_answers VALUES ($1, 'key', ${blob}, ${blob}, '${at}')`, [w.ana]);
}

/** Whose time it is: the judge's week, absence, calendar elsewhere and feed; what Boris has said of his; a meeting that Boris moved. */
async function times(run: Run) {
  const w = world;
  const day = '[2026-10-08T05:00Z,2026-10-08T06:00Z)';
  await run(`INSERT INTO resources (id, kind, name, changed_at) VALUES ($1, 'place', 'x', '${at}')`, [w.resource]);
  await run(`INSERT INTO mediator_hours VALUES ($1, '[]', '{room}', 0, 5, '${at}')`, [w.judge]);
  await run(`INSERT INTO hour_exceptions VALUES ($1, $2, '${day}', false)`, [w.exception, w.judge]);
  await run(`INSERT INTO availabilities VALUES ($1, 'Asia/Almaty', '[]', '[]', ${blob}, '${at}')`, [w.boris]);
  await run(`INSERT INTO outside_calendars VALUES ($1, ${blob}, 'x', '${at}', '${at}')`, [w.judge]);
  await run(`INSERT INTO outside_busy VALUES ($1, '${day}')`, [w.judge]);
  await run(`INSERT INTO calendar_feeds VALUES ($1, $2, '\\x0f', '${at}')`, [w.feed, w.ana]);
  await run(`INSERT INTO meeting_moves VALUES ($1, $2, $3, $4, 'cancelled', 'work', '${day}', '${at}')`, [
    w.move,
    w.meeting,
    w.live,
    w.boris,
  ]);
}
