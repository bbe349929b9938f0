import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  ['cases', 'writer_files', 'UPDATE', 'cabinet_writer', `state = 'DRAFT'`, `state = 'SUBMITTED'`],
  ['applications', 'writer_reads', 'SELECT', 'cabinet_writer', 'true'],
  ['parties', 'writer_files', 'INSERT', 'cabinet_writer', null, 'true'],
  ['deadlines', 'writer_sets', 'INSERT', 'cabinet_writer', null, 'true'],
  ['act_answers', 'writer_claims', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['keys.data_keys', 'writer_adds', 'INSERT', 'cabinet_writer', null, `scope = 'party'`],
];

/**
 * An application is sent in two statements, as messages are posted: all that it is judged by, and all that it becomes. Each judges every
 * row's author by itself, so many applications of many people may go in one; who asked is whoever the api says, as everywhere.
 */
export class Filing implements MigrationInterface {
  name = 'Filing1764000000077';

  async up(db: QueryRunner) {
    await db.query(`ALTER TABLE act_answers ADD COLUMN answer_filled jsonb`);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(grants);
    await db.query(read);
    await db.query(stop);
    await db.query(write);
    for (const name of functions)
      await db.query(`ALTER FUNCTION ${name} OWNER TO cabinet_writer; GRANT EXECUTE ON FUNCTION ${name} TO cabinet_app`);
    await db.query(calm(true));
  }

  async down(db: QueryRunner) {
    await db.query(calm(false));
    await db.query(
      `DROP FUNCTION ${functions.join(', ')}; DROP POLICY writer_stops_drafts ON deadlines; REVOKE UPDATE (cancelled_at) ON deadlines FROM cabinet_writer; ALTER TABLE act_answers DROP COLUMN answer_filled`,
    );
    for (const [table, name] of policies) await db.query(`DROP POLICY ${name} ON ${table}`);
    await db.query(revokes);
  }
}

const functions = ['drafts_to_file(jsonb, text)', 'file_drafts(jsonb)'];
const written = `state, state_since, filed_at, rules_on, category, subcategory, district, court_id, court_case_number, shuttle, number`;
const rights = [
  [`SELECT (language, door, created_by, created_at, safe_process, number), UPDATE (${written})`, 'cases'],
  ['SELECT (case_id, answers_sealed, version, saved_at, safety_answered)', 'applications'],
  ['INSERT', 'parties'],
  ['INSERT', 'deadlines'],
  ['SELECT, INSERT', 'act_answers'],
  ['SELECT (id, surname, given, patronymic, language, email_sealed, phone_sealed, iin_sealed)', 'persons'],
  ['SELECT (person_id, document, withdrawn_at)', 'consents'],
  ['SELECT (id)', 'courts'],
  ['SELECT (version, master_id, wrapped), INSERT', 'keys.data_keys'],
  ['USAGE', 'SEQUENCE case_numbers'],
] as const;
const grants = rights.map(([what, on]) => `GRANT ${what} ON ${on} TO cabinet_writer`).join(';');
const revokes = rights.map(([what, on]) => `REVOKE ${what} ON ${on} FROM cabinet_writer`).join(';');

const read = `
  -- Each asker's own draft that was never sent, with all that is needed to judge and to seal it. Nothing of any other case, or for any other asker.
  CREATE FUNCTION drafts_to_file(asked jsonb, consent text)
  RETURNS TABLE (case_id uuid, person_id uuid, language text, safe_process boolean, created_at timestamptz, answers_sealed bytea, version integer, saved_at timestamptz,
    safety_answered boolean, surname text, given text, patronymic text, account_language text, email_sealed bytea, phone_sealed bytea, iin_sealed bytea,
    has_consented boolean, courts text[], data_keys jsonb)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
  BEGIN
    RETURN QUERY SELECT c.id, q.id, c.language, c.safe_process, c.created_at, a.answers_sealed, a.version, a.saved_at, a.safety_answered,
        q.surname, q.given, q.patronymic, q.language, q.email_sealed, q.phone_sealed, q.iin_sealed,
        EXISTS (SELECT 1 FROM consents k WHERE k.person_id = q.id AND k.document = consent AND k.withdrawn_at IS NULL),
        ARRAY(SELECT t.id FROM courts t),
        (SELECT jsonb_agg(jsonb_build_object('scope', k.scope, 'id', k.scope_id, 'version', k.version, 'masterId', k.master_id, 'wrapped', encode(k.wrapped, 'hex')) ORDER BY k.version)
         FROM keys.data_keys k WHERE (k.scope = 'case' AND k.scope_id = c.id) OR (k.scope = 'person' AND k.scope_id = q.id))
      FROM jsonb_to_recordset(asked) AS one (case_id uuid, person_id uuid)
      JOIN cases c ON c.id = one.case_id AND c.created_by = one.person_id JOIN applications a ON a.case_id = c.id JOIN persons q ON q.id = c.created_by
      WHERE c.door = 'self' AND c.state = 'DRAFT' AND c.number IS NULL AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id);
  END $$;
`;

/** The time of a draft ends when it is sent: the one clock that this may stop. Not a row of `policies`: wider ones of the same role came later. */
const stop = `
  CREATE POLICY writer_stops_drafts ON deadlines FOR UPDATE TO cabinet_writer USING (code = 'DRAFT_AUTODELETE') WITH CHECK (cancelled_at IS NOT NULL);
  GRANT UPDATE (cancelled_at) ON deadlines TO cabinet_writer;
`;

const write = `
  -- The case, its parties with their keys, its clocks, the fact with its outbox, the key of the act with its answer: of each together or not at all.
  -- Whose draft is not what was judged any more, or is held by somebody, or whose key was used, gets no row: that asker looks again, step by step.
  CREATE FUNCTION file_drafts(filings jsonb) RETURNS TABLE (case_id uuid, number text)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  DECLARE
    ready jsonb;
    one jsonb;
  BEGIN
    WITH held AS (
      SELECT c.id, f.filing FROM cases c JOIN (SELECT DISTINCT ON (f->>'caseId') f AS filing FROM jsonb_array_elements(filings) f) f ON (f.filing->>'caseId')::uuid = c.id
      WHERE c.created_by = (f.filing->>'personId')::uuid AND c.door = 'self' AND c.state = 'DRAFT' AND c.number IS NULL
        AND c.safe_process = (f.filing->'columns'->>'safe_process')::boolean
        AND EXISTS (SELECT 1 FROM applications a WHERE a.case_id = c.id AND a.version = (f.filing->>'version')::integer)
      ORDER BY c.id FOR UPDATE OF c SKIP LOCKED),
    numbered AS (SELECT h.id, h.filing, nextval('case_numbers')::text AS next FROM held h)
    SELECT jsonb_agg(n.filing || jsonb_build_object('number', (n.filing->>'numberBegins') || lpad(n.next, greatest(4, length(n.next)), '0')) ORDER BY n.id)
      INTO ready FROM numbered n;

    WITH claimed AS (
      INSERT INTO act_answers (person_id, key, request_hash, answer_sealed, answer_filled, asked_at)
        SELECT a.person_id, a.key, a.request_hash, a.answer_sealed, jsonb_build_object('number', f->>'number'), (f->>'at')::timestamptz
        FROM jsonb_array_elements(ready) f CROSS JOIN LATERAL jsonb_populate_record(NULL::act_answers, f->'act') a WHERE f ? 'act' ORDER BY 1, 2
      ON CONFLICT DO NOTHING RETURNING person_id, key)
    SELECT jsonb_agg(f ORDER BY f->>'caseId') INTO ready FROM jsonb_array_elements(ready) f
      WHERE NOT f ? 'act' OR EXISTS (SELECT 1 FROM claimed k WHERE k.person_id = (f#>>'{act,person_id}')::uuid AND k.key = f#>>'{act,key}');
    IF ready IS NULL THEN RETURN; END IF;

    UPDATE cases c SET state = n.state, state_since = n.state_since, filed_at = n.state_since, rules_on = n.rules_on, category = n.category,
        subcategory = n.subcategory, district = n.district, court_id = n.court_id, court_case_number = n.court_case_number, shuttle = n.shuttle, number = f->>'number'
      FROM jsonb_array_elements(ready) f CROSS JOIN LATERAL jsonb_populate_record(NULL::cases, f->'columns') n WHERE c.id = (f->>'caseId')::uuid;
    INSERT INTO keys.data_keys (scope, scope_id, version, master_id, wrapped, created_at)
      SELECT 'party', k.id, 1, k.master, k.wrapped, (f->>'at')::timestamptz
      FROM jsonb_array_elements(ready) f CROSS JOIN LATERAL jsonb_to_recordset(f->'keys') AS k (id uuid, master text, wrapped bytea);
    INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, patronymic, organisation, representative_kind, representative_name,
        representative_position, attorney_sealed, attorney_until, attorney_powers, accessibility, interpreter, channel, name_folded, language,
        id_number_sealed, id_number_hash, email_sealed, email_hash, phone_sealed, phone_hash, joined_at)
      SELECT p.id, (f->>'caseId')::uuid, p.side, p.ordinal, p.kind, p.person_id, p.surname, p.given, p.patronymic, p.organisation, p.representative_kind, p.representative_name,
        p.representative_position, p.attorney_sealed, p.attorney_until, p.attorney_powers, p.accessibility, p.interpreter, p.channel, p.name_folded, p.language,
        p.id_number_sealed, p.id_number_hash, p.email_sealed, p.email_hash, p.phone_sealed, p.phone_hash, p.joined_at
      FROM jsonb_array_elements(ready) f CROSS JOIN LATERAL jsonb_populate_recordset(NULL::parties, f->'parties') AS p;
    UPDATE deadlines d SET cancelled_at = (f->>'at')::timestamptz FROM jsonb_array_elements(ready) f
      WHERE d.case_id = (f->>'caseId')::uuid AND d.code = 'DRAFT_AUTODELETE' AND d.fired_at IS NULL AND d.cancelled_at IS NULL;
    INSERT INTO deadlines (id, case_id, code, starts_at, due_at)
      SELECT s.id, (f->>'caseId')::uuid, s.code, (f->>'at')::timestamptz, s.due_at
      FROM jsonb_array_elements(ready) f CROSS JOIN LATERAL jsonb_to_record(f->'starts') AS s (id uuid, code text, due_at timestamptz);
    FOR one IN SELECT * FROM jsonb_array_elements(ready) LOOP
      PERFORM record_event((one->>'eventId')::uuid, (one->>'caseId')::uuid, 'case.submitted', (one->>'personId')::uuid, 'citizen', (one->>'at')::timestamptz, one->'data');
    END LOOP;
    RETURN QUERY SELECT (f->>'caseId')::uuid, f->>'number' FROM jsonb_array_elements(ready) f;
  END $$;
`;

/** Triggers that look into a move only where it is one that they guard: the others cost every move of every case. What they guard stays. */
const calm = (isCalm: boolean) => `
  ${chain(isCalm)}
  DROP TRIGGER cases_contract_first ON cases; DROP TRIGGER cases_extension_first ON cases; DROP TRIGGER cases_close_askings ON cases; DROP TRIGGER cases_close_rooms ON cases;
  DROP TRIGGER deadlines_date_chase ON deadlines;
  CREATE TRIGGER cases_contract_first BEFORE UPDATE OF state ON cases FOR EACH ROW ${isCalm ? `WHEN (NEW.state = 'IN_MEDIATION')` : ''} EXECUTE FUNCTION contract_before_mediation();
  CREATE TRIGGER cases_extension_first BEFORE UPDATE OF state ON cases FOR EACH ROW ${isCalm ? `WHEN (NEW.state = 'EXTENDED')` : ''} EXECUTE FUNCTION extension_before_extended();
  CREATE TRIGGER cases_close_askings AFTER UPDATE OF state ON cases FOR EACH ROW
    ${isCalm ? `WHEN (NEW.state IN ('WITHDRAWN', 'DECLINED', 'TERMINATED', 'CLOSED', 'CONSENTED'))` : ''} EXECUTE FUNCTION askings_follow_case();
  CREATE TRIGGER cases_close_rooms AFTER UPDATE OF state ON cases FOR EACH ROW
    ${isCalm ? `WHEN (OLD.state <> 'DRAFT')` : ''} EXECUTE FUNCTION rooms_follow_case();
  ${
    isCalm
      ? `-- The clocks of a draft and of screening run on no pile of those to be reached; one that ends there is followed by another.
  CREATE TRIGGER deadlines_date_chase AFTER INSERT ON deadlines FOR EACH ROW WHEN (NEW.code NOT IN ('DRAFT_AUTODELETE', 'SCREENING')) EXECUTE FUNCTION date_chase();
  CREATE TRIGGER deadlines_redate_chase AFTER UPDATE ON deadlines FOR EACH ROW WHEN (NEW.code <> 'DRAFT_AUTODELETE') EXECUTE FUNCTION date_chase();`
      : `DROP TRIGGER deadlines_redate_chase ON deadlines;
  CREATE TRIGGER deadlines_date_chase AFTER INSERT OR UPDATE ON deadlines FOR EACH ROW EXECUTE FUNCTION date_chase();`
  }
`;

/** The one way to add a fact (0005). A chain that has begun is found before anything is written. */
const chain = (isCalm: boolean) => `
  CREATE OR REPLACE FUNCTION record_event(id uuid, case_id uuid, type text, actor_id uuid, actor_role text, at timestamptz, data jsonb)
  RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    which uuid := coalesce(record_event.case_id, '00000000-0000-0000-0000-000000000000');
    head chain_heads%ROWTYPE;
    next bytea;
  BEGIN
    ${
      isCalm
        ? `SELECT * INTO head FROM chain_heads h WHERE h.chain = which FOR UPDATE;
    IF NOT FOUND THEN`
        : ''
    }
    INSERT INTO chain_heads (chain, seq, hash) VALUES (which, 0, '\\x') ON CONFLICT (chain) DO NOTHING;
    SELECT * INTO head FROM chain_heads h WHERE h.chain = which FOR UPDATE;
    ${isCalm ? 'END IF;' : ''}
    next := event_hash(head.hash, record_event.id, which, head.seq + 1, record_event.type, record_event.actor_id, record_event.actor_role, record_event.at, record_event.data);
    INSERT INTO events (id, chain, seq, case_id, type, actor_id, actor_role, at, data, previous, hash)
      VALUES (record_event.id, which, head.seq + 1, record_event.case_id, record_event.type, record_event.actor_id, record_event.actor_role,
              record_event.at, record_event.data, head.hash, next);
    UPDATE chain_heads h SET seq = head.seq + 1, hash = next WHERE h.chain = which;
    INSERT INTO outbox (event_id) VALUES (record_event.id);
    RETURN head.seq + 1;
  END $$;
`;
