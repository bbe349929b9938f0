import type { MigrationInterface, QueryRunner } from 'typeorm';
import { questions } from './0009-questions.js';

/**
 * Who sees which row. Every table of a case has row-level security, forced, so that the owner sees nothing either.
 * A policy is: table, name, command, roles, condition on rows seen, condition on rows written.
 */
export type Policy = [
  table: string,
  name: string,
  command: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'ALL',
  to: string,
  using: string | null,
  check?: string,
];

/** The desk, in every dispute but its holder's own. */
const deskOfCase = `(current_office() = 'coordinator' AND sees_case(case_id))`;

export const policies: Policy[] = [
  ['keys.data_keys', 'app_reads', 'SELECT', 'cabinet_app', `scope <> 'room' OR reads_room(scope_id)`],
  ['keys.data_keys', 'app_adds', 'INSERT', 'cabinet_app', null, 'true'],
  ['keys.data_keys', 'worker_contacts', 'SELECT', 'cabinet_worker', `scope IN ('person', 'party')`],

  ['cases', 'app_sees', 'SELECT', 'cabinet_app', 'sees_case(id)'],
  ['cases', 'app_opens', 'INSERT', 'cabinet_app', null, 'created_by = current_person()'],
  ['cases', 'app_moves', 'UPDATE', 'cabinet_app', 'sees_case(id)', 'true'],
  ['cases', 'worker_all', 'SELECT', 'cabinet_worker', 'true'],
  ['cases', 'worker_moves', 'UPDATE', 'cabinet_worker', 'true', 'true'],
  ['cases', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['cases', 'writer_reads', 'SELECT', 'cabinet_writer', 'true'],

  ['applications', 'app_reads', 'SELECT', 'cabinet_app', 'reads_application(case_id)'],
  ['applications', 'app_saves', 'INSERT', 'cabinet_app', null, 'reads_application(case_id)'],
  ['applications', 'app_changes', 'UPDATE', 'cabinet_app', 'reads_application(case_id)', 'true'],

  ['summaries', 'app_reads', 'SELECT', 'cabinet_app', 'sees_case(case_id)'],
  ['summaries', 'desk_writes', 'INSERT', 'cabinet_app', null, deskOfCase],
  ['summaries', 'desk_changes', 'UPDATE', 'cabinet_app', deskOfCase, deskOfCase],

  ['parties', 'app_reads', 'SELECT', 'cabinet_app', 'sees_case(case_id)'],
  ['parties', 'app_adds', 'INSERT', 'cabinet_app', null, 'sees_case(case_id)'],
  ['parties', 'app_changes', 'UPDATE', 'cabinet_app', 'sees_case(case_id)', 'true'],
  [
    'parties',
    'app_removes',
    'DELETE',
    'cabinet_app',
    'person_id IS DISTINCT FROM current_person() AND is_draft_of(case_id, current_person())',
  ],
  ['parties', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['parties', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['parties', 'writer_reads', 'SELECT', 'cabinet_writer', 'true'],

  ['invitations', 'app_reads', 'SELECT', 'cabinet_app', `id = current_invitation() OR ${deskOfCase} OR is_own_invitation(party_id)`],
  ['invitations', 'desk_issues', 'INSERT', 'cabinet_app', null, deskOfCase],
  [
    'invitations',
    'app_answers',
    'UPDATE',
    'cabinet_app',
    `id = current_invitation() OR ${deskOfCase} OR is_own_invitation(party_id)`,
    'true',
  ],
  ['invitations', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['invitations', 'worker_closes', 'UPDATE', 'cabinet_worker', 'true', 'true'],
  ['invitations', 'writer_closes', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['invitations', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],

  ['offers', 'app_reads', 'SELECT', 'cabinet_app', `mediator_id = current_person() OR ${deskOfCase}`],
  ['offers', 'desk_makes', 'INSERT', 'cabinet_app', null, deskOfCase],
  ['offers', 'app_answers', 'UPDATE', 'cabinet_app', `mediator_id = current_person() OR ${deskOfCase}`, 'true'],
  ['offers', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['offers', 'worker_expires', 'UPDATE', 'cabinet_worker', 'true', 'true'],
  ['offers', 'writer_closes', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['offers', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],

  // A draft is the mediator's own until it is frozen for everybody to read.
  [
    'papers',
    'participants_read',
    'SELECT',
    'cabinet_app',
    `is_participant(case_id) AND (frozen_at IS NOT NULL OR current_office() = 'mediator')`,
  ],
  ['papers', 'mediator_drafts', 'INSERT', 'cabinet_app', null, `is_participant(case_id) AND current_office() = 'mediator'`],
  ['papers', 'participants_conclude', 'UPDATE', 'cabinet_app', 'is_participant(case_id)', 'true'],
  ['papers', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['papers', 'writer_closes', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['papers', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['confirmations', 'participants_read', 'SELECT', 'cabinet_app', 'is_participant(paper_case(paper_id))'],
  ['confirmations', 'own_only', 'INSERT', 'cabinet_app', null, 'person_id = current_person() AND is_participant(paper_case(paper_id))'],
  ['confirmations', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],

  [
    'ending_reasons',
    'own_side',
    'SELECT',
    'cabinet_app',
    `person_id = current_person() OR (current_office() = 'citizen' AND EXISTS (SELECT 1 FROM parties p
      WHERE p.case_id = ending_reasons.case_id AND p.side = ending_reasons.side AND p.person_id = current_person()))`,
  ],
  ['ending_reasons', 'own_words', 'INSERT', 'cabinet_app', null, 'person_id = current_person() AND sees_case(case_id)'],

  ['deadlines', 'app_reads', 'SELECT', 'cabinet_app', 'sees_case(case_id)'],
  ['deadlines', 'app_sets', 'INSERT', 'cabinet_app', null, 'sees_case(case_id)'],
  ['deadlines', 'app_cancels', 'UPDATE', 'cabinet_app', 'sees_case(case_id)', 'true'],
  ['deadlines', 'worker_all', 'ALL', 'cabinet_worker', 'true', 'true'],
  ['deadlines', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],

  ['rooms', 'members_read', 'SELECT', 'cabinet_app', 'reads_room(id)'],
  ['rooms', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['room_members', 'members_read', 'SELECT', 'cabinet_app', 'reads_room(room_id)'],
  ['room_members', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['messages', 'members_read', 'SELECT', 'cabinet_app', 'reads_room(room_id)'],
  ['messages', 'writer_reads', 'SELECT', 'cabinet_writer', 'true'],
  ['messages', 'members_write', 'INSERT', 'cabinet_writer', null, 'is_member(room_id, author_id)'],
  ['read_marks', 'members_read', 'SELECT', 'cabinet_app', 'reads_room(room_id)'],
  ['read_marks', 'own_mark', 'INSERT', 'cabinet_app', null, 'person_id = current_person() AND reads_room(room_id)'],
  [
    'read_marks',
    'own_mark_moves',
    'UPDATE',
    'cabinet_app',
    'person_id = current_person() AND reads_room(room_id)',
    'person_id = current_person()',
  ],
  ['read_marks', 'writer_reads', 'SELECT', 'cabinet_writer', 'true'],

  [
    'events',
    'app_reads',
    'SELECT',
    'cabinet_app',
    `(case_id IS NOT NULL AND sees_case(case_id)) OR (case_id IS NULL AND (actor_id = current_person() OR current_office() = 'administrator'))`,
  ],
  ['events', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['events', 'writer_adds', 'ALL', 'cabinet_writer', 'true', 'true'],

  [
    'notifications',
    'own_and_desk',
    'SELECT',
    'cabinet_app',
    `(recipient_kind = 'person' AND recipient_id = current_person()) OR ${deskOfCase}`,
  ],
  [
    'notifications',
    'own_read',
    'UPDATE',
    'cabinet_app',
    `recipient_kind = 'person' AND recipient_id = current_person()`,
    'recipient_id = current_person()',
  ],
  ['notifications', 'worker_all', 'ALL', 'cabinet_worker', 'true', 'true'],
  ['notifications', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['notifications', 'guard_resends', 'UPDATE', 'cabinet_guard', 'true', 'true'],

  ['proposals', 'participants', 'SELECT', 'cabinet_app', 'is_participant(case_id)'],
  ['proposals', 'participants_add', 'INSERT', 'cabinet_app', null, 'is_participant(case_id)'],
  ['proposals', 'participants_change', 'UPDATE', 'cabinet_app', 'is_participant(case_id)', 'true'],
  ['proposals', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['proposals', 'worker_expires', 'UPDATE', 'cabinet_worker', 'true', 'true'],
  ['proposals', 'writer_calls_off', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['proposal_slots', 'participants', 'SELECT', 'cabinet_app', 'is_participant(case_id)'],
  ['proposal_slots', 'participants_add', 'INSERT', 'cabinet_app', null, 'is_participant(case_id)'],
  ['proposal_slots', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['slot_answers', 'participants', 'SELECT', 'cabinet_app', 'is_participant(case_id)'],
  ['slot_answers', 'own_answer', 'INSERT', 'cabinet_app', null, 'person_id = current_person() AND is_participant(case_id)'],
  [
    'slot_answers',
    'own_answer_changes',
    'UPDATE',
    'cabinet_app',
    'person_id = current_person() AND is_participant(case_id)',
    'person_id = current_person()',
  ],
  ['meetings', 'participants', 'SELECT', 'cabinet_app', 'is_participant(case_id)'],
  ['meetings', 'participants_add', 'INSERT', 'cabinet_app', null, 'is_participant(case_id)'],
  ['meetings', 'participants_change', 'UPDATE', 'cabinet_app', 'is_participant(case_id)', 'true'],
  ['meetings', 'worker_all', 'SELECT', 'cabinet_worker', 'true'],
  ['meetings', 'worker_cancels', 'UPDATE', 'cabinet_worker', 'true', 'true'],
  ['meetings', 'writer_calls_off', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['bookings', 'participants', 'SELECT', 'cabinet_app', 'is_participant(case_id) OR subject_id = current_person()'],
  ['bookings', 'participants_add', 'INSERT', 'cabinet_app', null, 'is_participant(case_id)'],
  ['bookings', 'participants_change', 'UPDATE', 'cabinet_app', 'is_participant(case_id)', 'true'],
  ['bookings', 'worker_cancels', 'ALL', 'cabinet_worker', 'true', 'true'],
  ['bookings', 'writer_calls_off', 'ALL', 'cabinet_writer', 'true', 'true'],

  [
    'files',
    'audience',
    'SELECT',
    'cabinet_app',
    `CASE WHEN room_id IS NOT NULL THEN reads_room(room_id) ELSE owner_id = current_person() OR reads_application(case_id) END`,
  ],
  [
    'files',
    'own',
    'INSERT',
    'cabinet_app',
    null,
    `owner_id = current_person() AND (room_id IS NULL AND sees_case(case_id) OR reads_room(room_id))`,
  ],
  ['files', 'own_removal', 'UPDATE', 'cabinet_app', 'owner_id = current_person()', 'owner_id = current_person()'],
];

const guarded = [...new Set(policies.map(([table]) => table))];

export class Policies implements MigrationInterface {
  name = 'Policies1764000000009';

  async up(db: QueryRunner) {
    await db.query(questions);
    for (const table of guarded)
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(grants);
  }

  async down(db: QueryRunner) {
    for (const [table, name] of policies) await db.query(`DROP POLICY ${name} ON ${table}`);
    for (const table of guarded)
      await db.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY;`);
    await db.query(`DROP FUNCTION sees_case(uuid); DROP FUNCTION reads_application(uuid); DROP FUNCTION is_participant(uuid);
      DROP FUNCTION is_draft_of(uuid, uuid); DROP FUNCTION is_own_invitation(uuid);
      DROP FUNCTION find_invitation(bytea, timestamptz); DROP FUNCTION search_parties(text); DROP FUNCTION paper_case(uuid); DROP FUNCTION open_work_of(uuid);
      DROP FUNCTION raise_handover(uuid, uuid, timestamptz); DROP FUNCTION time_ordered_id(timestamptz); DROP FUNCTION case_waits(text);`);
  }
}

/** The statement that makes one policy. */
export const createPolicy = ([table, name, command, to, using, check]: Policy) =>
  `CREATE POLICY ${name} ON ${table} FOR ${command} TO ${to}${using ? ` USING (${using})` : ''}${check ? ` WITH CHECK (${check})` : ''}`;

const grants = `
  GRANT SELECT, INSERT ON keys.data_keys TO cabinet_app;
  GRANT UPDATE (master_id, wrapped) ON keys.data_keys TO cabinet_app;
  GRANT SELECT ON keys.data_keys TO cabinet_worker;
  GRANT SELECT, INSERT, UPDATE ON cases, applications, summaries, parties, invitations, offers, papers, deadlines TO cabinet_app;
  GRANT DELETE ON parties TO cabinet_app;
  GRANT SELECT, INSERT ON confirmations, ending_reasons TO cabinet_app;
  GRANT SELECT (case_id, answered_at, revoked_at), UPDATE (revoked_at, code_sealed) ON invitations TO cabinet_writer;
  GRANT SELECT (case_id, answered_at), UPDATE (answered_at, answer) ON offers TO cabinet_writer;
  GRANT SELECT (case_id, concluded_at, abandoned_at), UPDATE (abandoned_at) ON papers TO cabinet_writer;
  GRANT SELECT ON confirmation_methods TO cabinet_app, cabinet_guard;
  GRANT USAGE ON SEQUENCE case_numbers TO cabinet_app;
  GRANT SELECT, UPDATE ON cases, invitations, offers TO cabinet_worker;
  GRANT SELECT ON parties TO cabinet_worker;
  GRANT SELECT (id, case_id, kind, scope, drafted_by, created_at, frozen_at, concluded_at, abandoned_at) ON papers TO cabinet_worker, cabinet_guard;
  GRANT SELECT (hash) ON papers TO cabinet_guard;
  GRANT SELECT ON confirmations TO cabinet_guard;
  GRANT SELECT, INSERT, UPDATE ON deadlines TO cabinet_worker;
  GRANT SELECT (id, state, ground, mediator_id, created_by, court_id, shuttle, category, district, door, number, court_case_number, state_since, filed_at, term_ends_at, contract_at, closed_at) ON cases TO cabinet_guard;
  GRANT SELECT (id, state, shuttle, mediator_id) ON cases TO cabinet_writer;
  GRANT SELECT (id, case_id, side, person_id) ON parties TO cabinet_guard, cabinet_writer;
  GRANT SELECT (name_folded) ON parties TO cabinet_guard;
  GRANT SELECT (id, case_id, party_id, answered_at, code_hash, revoked_at, expires_at) ON invitations TO cabinet_guard;
  GRANT SELECT (case_id, mediator_id, answered_at) ON offers TO cabinet_guard;
  GRANT SELECT (case_id, due_at, fired_at, cancelled_at) ON deadlines TO cabinet_guard;

  GRANT SELECT ON rooms, room_members, messages, read_marks TO cabinet_app;
  GRANT INSERT, UPDATE ON read_marks TO cabinet_app;
  GRANT SELECT, INSERT, UPDATE ON rooms, room_members TO cabinet_writer;
  GRANT SELECT (room_id, seq, id, author_id, client_id, body_mac, posted_at), INSERT ON messages TO cabinet_writer;
  GRANT SELECT ON read_marks TO cabinet_writer;
  GRANT SELECT (id, person_id, revoked_at, expires_at) ON sessions TO cabinet_writer;

  GRANT SELECT ON events TO cabinet_app, cabinet_worker;
  GRANT SELECT, INSERT ON events, outbox TO cabinet_writer;
  GRANT SELECT, INSERT, UPDATE ON chain_heads TO cabinet_writer;
  GRANT SELECT, UPDATE ON outbox TO cabinet_worker;

  GRANT SELECT, UPDATE (read_at) ON notifications TO cabinet_app;
  GRANT SELECT, INSERT, UPDATE ON notifications TO cabinet_worker;
  GRANT SELECT, INSERT ON delivery_attempts TO cabinet_worker;
  GRANT SELECT ON delivery_attempts TO cabinet_app;
  GRANT SELECT (id, case_id, template, channel, sent_at, check_code, state) ON notifications TO cabinet_guard;
  GRANT UPDATE (state, attempts, due_at, last_error) ON notifications TO cabinet_guard;
  GRANT INSERT ON delivery_attempts TO cabinet_guard;
  GRANT SELECT (id, expires_at, revoked_at), DELETE ON sessions TO cabinet_worker;

  GRANT SELECT, INSERT, UPDATE ON proposals, meetings, bookings, slot_answers TO cabinet_app;
  GRANT SELECT, INSERT ON proposal_slots TO cabinet_app;
  GRANT SELECT, UPDATE ON proposals, meetings, bookings TO cabinet_worker;
  GRANT SELECT ON proposal_slots TO cabinet_worker;
  GRANT SELECT, UPDATE ON proposals, meetings, bookings TO cabinet_writer;
  GRANT SELECT, INSERT, UPDATE ON files TO cabinet_app;
  GRANT SELECT ON shred_ledger TO cabinet_worker;

  GRANT EXECUTE ON FUNCTION sees_case(uuid), reads_application(uuid), is_participant(uuid), is_draft_of(uuid, uuid), is_own_invitation(uuid), find_invitation(bytea, timestamptz), search_parties(text), paper_case(uuid), open_work_of(uuid), raise_handover(uuid, uuid, timestamptz),
    reads_room(uuid), is_member(uuid, uuid), post_messages(jsonb), open_rooms(uuid, uuid, uuid, uuid, timestamptz), call_off_hours(uuid, uuid, timestamptz), check_message(text), resend_notice(uuid, uuid, timestamptz),
    record_event(uuid, uuid, text, uuid, text, timestamptz, jsonb), case_is_live(text) TO cabinet_app;
  GRANT EXECUTE ON FUNCTION record_event(uuid, uuid, text, uuid, text, timestamptz, jsonb), case_is_live(text), call_off_hours(uuid, uuid, timestamptz) TO cabinet_worker;
  GRANT EXECUTE ON FUNCTION is_member(uuid, uuid), case_is_live(text), reads_room(uuid), wake_relay(), refuse_change(), keep_room_kind(), admit_own_side_only(),
    event_hash(bytea, uuid, uuid, bigint, text, uuid, text, timestamptz, jsonb) TO cabinet_writer;
  GRANT EXECUTE ON FUNCTION case_is_live(text), case_waits(text), time_ordered_id(timestamptz), record_event(uuid, uuid, text, uuid, text, timestamptz, jsonb) TO cabinet_guard;
`;
