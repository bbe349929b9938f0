import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the court, the reports and the worker read: views over facts, owned by a role that cannot reach content; and the checks of a case's moves. */
export class Oversight implements MigrationInterface {
  name = 'Oversight1764000000010';

  async up(db: QueryRunner) {
    await db.query(`
      -- A court reads the cases that name it, no names, no sides: an ending before mediation reads the same whoever caused it.
      CREATE VIEW court_cases WITH (security_barrier) AS
        SELECT c.id, c.number, c.court_case_number, c.category, c.filed_at, c.state_since, c.contract_at, c.term_ends_at,
               CASE WHEN c.state IN ('DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'REFUSED_SCOPE') THEN 'NOT_STARTED' ELSE c.state END AS state,
               c.ground, c.mediator_id IS NOT NULL AS has_mediator,
               (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL) AS due_at
        FROM cases c WHERE c.court_id = current_court() AND c.state <> 'DRAFT' AND c.number IS NOT NULL;
      -- Totals without ids; cells under five are hidden where they are shown (libs/oversight).
      CREATE VIEW case_totals WITH (security_barrier) AS
        SELECT date_trunc('month', c.filed_at AT TIME ZONE 'Asia/Almaty')::date AS month, c.category, c.district, c.door, c.state, count(*) AS cases
        FROM cases c WHERE c.filed_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
      -- Unread counters without bodies: what others wrote after one's read mark.
      CREATE VIEW room_unread WITH (security_barrier) AS
        SELECT m.room_id, m.person_id, r.case_id, r.last_seq, coalesce(k.seq, 0) AS read_seq, unread.first_posted_at, unread.last_posted_at
        FROM room_members m JOIN rooms r ON r.id = m.room_id LEFT JOIN read_marks k ON k.room_id = m.room_id AND k.person_id = m.person_id
        CROSS JOIN LATERAL (SELECT min(x.posted_at) AS first_posted_at, max(x.posted_at) AS last_posted_at FROM messages x
          WHERE x.room_id = m.room_id AND x.seq > coalesce(k.seq, 0) AND x.author_id <> m.person_id) unread
        WHERE m.left_at IS NULL AND r.last_seq > coalesce(k.seq, 0) AND unread.last_posted_at IS NOT NULL;
      GRANT SELECT ON court_cases TO cabinet_court;
      GRANT SELECT ON case_totals TO cabinet_report;
      GRANT SELECT ON room_unread TO cabinet_worker;

      -- A case in mediation has a contract concluded by every party and the mediator over one hash (invariant 1 of the lifecycle).
      CREATE FUNCTION contract_before_mediation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NEW.state = 'IN_MEDIATION' AND OLD.state = 'CONTRACT_SIGNING' AND NOT EXISTS (
          SELECT 1 FROM papers p WHERE p.case_id = NEW.id AND p.kind = 'contract' AND p.abandoned_at IS NULL AND p.concluded_at IS NOT NULL
            AND EXISTS (SELECT 1 FROM confirmations c WHERE c.paper_id = p.id AND c.person_id = NEW.mediator_id)
            AND NOT EXISTS (SELECT 1 FROM parties y WHERE y.case_id = NEW.id
              AND NOT EXISTS (SELECT 1 FROM confirmations c WHERE c.paper_id = p.id AND c.party_id = y.id AND c.hash = p.hash))) THEN
          RAISE EXCEPTION 'no contract confirmed by all' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cases_contract_first BEFORE UPDATE OF state ON cases FOR EACH ROW EXECUTE FUNCTION contract_before_mediation();
      -- A confirmation is of the frozen text, by one of the people of the case.
      CREATE FUNCTION confirm_the_same_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM papers p JOIN cases c ON c.id = p.case_id WHERE p.id = NEW.paper_id AND p.hash = NEW.hash
            AND p.frozen_at IS NOT NULL AND p.concluded_at IS NULL AND p.abandoned_at IS NULL
            AND (c.mediator_id = NEW.person_id AND NEW.party_id IS NULL
              OR EXISTS (SELECT 1 FROM parties y WHERE y.id = NEW.party_id AND y.case_id = c.id AND y.person_id = NEW.person_id))) THEN
          RAISE EXCEPTION 'not the text to confirm' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER confirmations_same_text BEFORE INSERT ON confirmations FOR EACH ROW EXECUTE FUNCTION confirm_the_same_text();

      -- Destroys the key of a room, case or party; the content stays unreadable, also in yesterday's backup. Returns the number of keys destroyed.
      CREATE FUNCTION shred(which_scope text, which uuid, why text, at timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE gone integer;
      BEGIN
        DELETE FROM keys.data_keys k WHERE k.scope = which_scope AND k.scope_id = which;
        GET DIAGNOSTICS gone = ROW_COUNT;
        INSERT INTO shred_ledger (scope, scope_id, shredded_at, reason) VALUES (which_scope, which, at, why) ON CONFLICT DO NOTHING;
        RETURN gone;
      END $$;
      CREATE FUNCTION shred_room(room uuid, why text, at timestamptz) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
        $$ SELECT shred('room', room, why, at) $$;
      GRANT USAGE ON SCHEMA keys TO cabinet_writer;
      GRANT SELECT (scope, scope_id), DELETE ON keys.data_keys TO cabinet_writer;
      GRANT SELECT, INSERT ON shred_ledger TO cabinet_writer;
      CREATE POLICY writer_shreds ON keys.data_keys FOR DELETE TO cabinet_writer USING (true);
      CREATE POLICY writer_finds ON keys.data_keys FOR SELECT TO cabinet_writer USING (true);
      GRANT EXECUTE ON FUNCTION shred_room(uuid, text, timestamptz) TO cabinet_worker;

      INSERT INTO confirmation_methods (method, environments, approved, note) VALUES
        ('otp', '{demo,test}', true, 'One-time code to a verified contact. Not approved for production: a signature law and an owner decide first.');
    `);
    for (const [kind, name, owner] of owners) await db.query(`ALTER ${kind} ${name} OWNER TO ${owner}`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION shred_room(uuid, text, timestamptz); DROP FUNCTION shred(text, uuid, text, timestamptz);
      DROP POLICY writer_shreds ON keys.data_keys; DROP POLICY writer_finds ON keys.data_keys;
      DROP TRIGGER confirmations_same_text ON confirmations; DROP FUNCTION confirm_the_same_text();
      DROP TRIGGER cases_contract_first ON cases; DROP FUNCTION contract_before_mediation();
      DROP VIEW room_unread, case_totals, court_cases; DELETE FROM confirmation_methods;`);
  }
}

/** Definer functions and views belong to roles without a login that can do just what they ask for. */
const owners = [
  ['FUNCTION', 'is_member(uuid, uuid)', 'cabinet_writer'],
  ['FUNCTION', 'reads_room(uuid)', 'cabinet_writer'],
  ['FUNCTION', 'admit_own_side_only()', 'cabinet_writer'],
  ['FUNCTION', 'open_rooms(uuid, uuid, uuid, uuid, timestamptz)', 'cabinet_writer'],
  ['FUNCTION', 'rooms_follow_case()', 'cabinet_writer'],
  ['FUNCTION', 'askings_follow_case()', 'cabinet_writer'],
  ['FUNCTION', 'post_messages(jsonb)', 'cabinet_writer'],
  ['FUNCTION', 'call_off_hours(uuid, uuid, timestamptz)', 'cabinet_writer'],
  ['FUNCTION', 'record_event(uuid, uuid, text, uuid, text, timestamptz, jsonb)', 'cabinet_writer'],
  ['FUNCTION', 'shred(text, uuid, text, timestamptz)', 'cabinet_writer'],
  ['FUNCTION', 'shred_room(uuid, text, timestamptz)', 'cabinet_writer'],
  ['VIEW', 'room_unread', 'cabinet_writer'],
  ['FUNCTION', 'sees_case(uuid)', 'cabinet_guard'],
  ['FUNCTION', 'reads_application(uuid)', 'cabinet_guard'],
  ['FUNCTION', 'is_participant(uuid)', 'cabinet_guard'],
  ['FUNCTION', 'is_draft_of(uuid, uuid)', 'cabinet_guard'],
  ['FUNCTION', 'is_own_invitation(uuid)', 'cabinet_guard'],
  ['FUNCTION', 'find_invitation(bytea, timestamptz)', 'cabinet_guard'],
  ['FUNCTION', 'search_parties(text)', 'cabinet_guard'],
  ['FUNCTION', 'paper_case(uuid)', 'cabinet_guard'],
  ['FUNCTION', 'open_work_of(uuid)', 'cabinet_guard'],
  ['FUNCTION', 'raise_handover(uuid, uuid, timestamptz)', 'cabinet_guard'],
  ['FUNCTION', 'check_message(text)', 'cabinet_guard'],
  ['FUNCTION', 'resend_notice(uuid, uuid, timestamptz)', 'cabinet_guard'],
  ['FUNCTION', 'contract_before_mediation()', 'cabinet_guard'],
  ['FUNCTION', 'confirm_the_same_text()', 'cabinet_guard'],
  ['VIEW', 'court_cases', 'cabinet_guard'],
  ['VIEW', 'case_totals', 'cabinet_guard'],
] as const;
