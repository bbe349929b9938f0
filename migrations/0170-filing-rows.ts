import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rewrite } from './rewriting.js';

/**
 * What is sent comes as rows, table by table, and is read once for each; which of it may be written is a list of keys. Before, all of it was put
 * together anew for every table. Keys that the asker holds already are not looked for, and two triggers that had nothing to do are not called.
 */
export class FilingRows implements MigrationInterface {
  name = 'FilingRows1764000000170';

  async up(db: QueryRunner) {
    await db.query(define(byRows));
    for (const [was, is] of words) await rewrite(db, 'drafts_to_file', was, is);
    await db.query(triggers(true));
  }

  async down(db: QueryRunner) {
    await db.query(triggers(false));
    for (const [was, is] of words.toReversed()) await rewrite(db, 'drafts_to_file', is, was);
    await db.query(define(byFiling));
  }
}

const keys = `(SELECT jsonb_agg(jsonb_build_object('scope', k.scope, 'id', k.scope_id, 'version', k.version, 'masterId', k.master_id, 'wrapped', encode(k.wrapped, 'hex')) ORDER BY k.version)
         FROM keys.data_keys k WHERE (k.scope = 'case' AND k.scope_id = c.id) OR (k.scope = 'person' AND k.scope_id = q.id))`;
const words: [was: string, is: string][] = [
  ['AS one (case_id uuid, person_id uuid)', 'AS one (case_id uuid, person_id uuid, keyed boolean)'],
  [keys, `CASE WHEN one.keyed THEN NULL ELSE ${keys} END`],
];

/** A case that is not stuck need not be freed; the clock of a draft is on no court's board. */
const triggers = (isCalm: boolean) => `
  DROP TRIGGER cases_get_unstuck ON cases; DROP TRIGGER deadlines_date_court ON deadlines;
  CREATE TRIGGER cases_get_unstuck BEFORE UPDATE OF state ON cases FOR EACH ROW
    WHEN (OLD.state <> NEW.state${isCalm ? ' AND num_nonnulls(NEW.stuck_since, NEW.stuck_code) > 0' : ''}) EXECUTE FUNCTION unstick();
  CREATE TRIGGER deadlines_date_court AFTER INSERT OR UPDATE ON deadlines FOR EACH ROW
    ${isCalm ? `WHEN (NEW.code <> 'DRAFT_AUTODELETE')` : ''} EXECUTE FUNCTION date_court();`;

const define = (body: string) => `
  CREATE OR REPLACE FUNCTION file_drafts(filings jsonb) RETURNS TABLE (case_id uuid, number text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $function$${body}$function$`;

/**
 * \`cases\`: whose, what it was judged by, what it becomes, its clock, its fact, and the key of the act with its answer; \`keys\` and \`parties\`: rows of theirs.
 * Whose draft is not what was judged any more, or is held by somebody, or whose key was used, is not among \`ids\`: that asker looks again, step by step.
 */
const byRows = `
  #variable_conflict use_column
  DECLARE
    ids uuid[];
    numbers text[];
  BEGIN
    WITH held AS (
      SELECT f.* FROM jsonb_to_recordset(filings->'cases') AS f (case_id uuid, person_id uuid, at timestamptz, version integer, safe_process boolean, number_begins text,
          key text, request_hash bytea, answer_sealed bytea)
        JOIN cases c ON c.id = f.case_id
      WHERE c.id = ANY (ARRAY(SELECT (a->>'case_id')::uuid FROM jsonb_array_elements(filings->'cases') a)) AND c.created_by = f.person_id AND c.door = 'self'
        AND c.state = 'DRAFT' AND coalesce(c.number, '') = '' AND c.safe_process = f.safe_process
        AND EXISTS (SELECT 1 FROM applications a WHERE a.case_id = c.id AND a.version = f.version)
      ORDER BY c.id FOR UPDATE OF c SKIP LOCKED),
    counted AS (SELECT h.*, nextval('case_numbers')::text AS next FROM held h),
    numbered AS (SELECT n.*, n.number_begins || lpad(n.next, greatest(4, length(n.next)), '0') AS number FROM counted n),
    claimed AS (
      INSERT INTO act_answers (person_id, key, request_hash, answer_sealed, answer_filled, asked_at)
        SELECT n.person_id, n.key, n.request_hash, n.answer_sealed, jsonb_build_object('number', n.number), n.at FROM numbered n WHERE n.key IS NOT NULL ORDER BY 1, 2
      ON CONFLICT DO NOTHING RETURNING person_id, key)
    SELECT array_agg(n.case_id), array_agg(n.number) INTO ids, numbers
      FROM numbered n LEFT JOIN claimed k ON k.person_id = n.person_id AND k.key = n.key WHERE n.key IS NULL OR k.key IS NOT NULL;
    IF ids IS NULL THEN RETURN; END IF;

    UPDATE cases c SET state = f.state, state_since = f.at, filed_at = f.at, rules_on = f.rules_on, category = f.category, subcategory = f.subcategory, district = f.district,
        court_id = f.court_id, court_case_number = f.court_case_number, shuttle = f.shuttle, number = r.number
      FROM jsonb_to_recordset(filings->'cases') AS f (case_id uuid, at timestamptz, state text, rules_on date, category text, subcategory text, district text,
          court_id text, court_case_number text, shuttle text)
        JOIN unnest(ids, numbers) AS r (id, number) ON r.id = f.case_id
      WHERE c.id = f.case_id AND c.id = ANY (ids);
    WITH keyed AS (
      INSERT INTO keys.data_keys (scope, scope_id, version, master_id, wrapped, created_at)
        SELECT 'party', k.id, 1, k.master, k.wrapped, k.at FROM jsonb_to_recordset(filings->'keys') AS k (case_id uuid, id uuid, master text, wrapped bytea, at timestamptz)
        WHERE k.case_id = ANY (ids))
    INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, patronymic, organisation, representative_kind, representative_name,
        representative_position, attorney_sealed, attorney_until, attorney_powers, accessibility, interpreter, channel, name_folded, language,
        id_number_sealed, id_number_hash, email_sealed, email_hash, phone_sealed, phone_hash, joined_at)
      SELECT p.id, p.case_id, p.side, p.ordinal, p.kind, p.person_id, p.surname, p.given, p.patronymic, p.organisation, p.representative_kind, p.representative_name,
        p.representative_position, p.attorney_sealed, p.attorney_until, p.attorney_powers, p.accessibility, p.interpreter, p.channel, p.name_folded, p.language,
        p.id_number_sealed, p.id_number_hash, p.email_sealed, p.email_hash, p.phone_sealed, p.phone_hash, p.joined_at
      FROM jsonb_populate_recordset(NULL::parties, filings->'parties') p WHERE p.case_id = ANY (ids);
    WITH sent AS (
      SELECT f.* FROM jsonb_to_recordset(filings->'cases') AS f (case_id uuid, at timestamptz, clock_id uuid, clock text, due_at timestamptz) WHERE f.case_id = ANY (ids)),
    stopped AS (
      UPDATE deadlines d SET cancelled_at = f.at FROM sent f
      WHERE d.case_id = f.case_id AND d.case_id = ANY (ids) AND d.code = 'DRAFT_AUTODELETE' AND d.fired_at IS NULL AND d.cancelled_at IS NULL)
    INSERT INTO deadlines (id, case_id, code, starts_at, due_at) SELECT f.clock_id, f.case_id, f.clock, f.at, f.due_at FROM sent f;
    INSERT INTO chain_heads (chain, seq, hash) SELECT a.id, 0, '\\x' FROM unnest(ids) AS a (id)
      WHERE NOT EXISTS (SELECT FROM chain_heads h WHERE h.chain = a.id) ON CONFLICT DO NOTHING;
    WITH heads AS (SELECT h.chain, h.seq, h.hash FROM chain_heads h WHERE h.chain = ANY (ids) ORDER BY h.chain FOR UPDATE),
    facts AS (
      SELECT f.event_id AS id, h.chain, h.seq + 1 AS seq, f.person_id AS actor, f.at, f.data, h.hash AS previous,
        event_hash(h.hash, f.event_id, h.chain, h.seq + 1, 'case.submitted', f.person_id, 'citizen', f.at, f.data) AS hash
      FROM jsonb_to_recordset(filings->'cases') AS f (event_id uuid, case_id uuid, person_id uuid, at timestamptz, data jsonb) JOIN heads h ON h.chain = f.case_id),
    told AS (
      INSERT INTO events (id, chain, seq, case_id, type, actor_id, actor_role, at, data, previous, hash)
        SELECT e.id, e.chain, e.seq, e.chain, 'case.submitted', e.actor, 'citizen', e.at, e.data, e.previous, e.hash FROM facts e),
    chained AS (UPDATE chain_heads h SET seq = e.seq, hash = e.hash FROM facts e WHERE h.chain = e.chain)
    INSERT INTO outbox (event_id) SELECT e.id FROM facts e;
    RETURN QUERY SELECT r.id, r.number FROM unnest(ids, numbers) AS r (id, number);
  END `;

/** As it stood (0077, 0162). */
const byFiling = `
  #variable_conflict use_column
  DECLARE
    ready jsonb;
  BEGIN
    WITH held AS (
      SELECT c.id, f.filing FROM cases c JOIN (SELECT DISTINCT ON (f->>'caseId') f AS filing FROM jsonb_array_elements(filings) f) f ON (f.filing->>'caseId')::uuid = c.id
      WHERE c.id = ANY (ARRAY(SELECT (a->>'caseId')::uuid FROM jsonb_array_elements(filings) a)) AND c.created_by = (f.filing->>'personId')::uuid AND c.door = 'self' AND c.state = 'DRAFT' AND coalesce(c.number, '') = ''
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
        subcategory = n.subcategory, district = n.district, court_id = n.court_id, court_case_number = n.court_case_number, shuttle = n.shuttle, number = f.number
      FROM jsonb_to_recordset(ready) AS f ("caseId" uuid, number text, columns jsonb) CROSS JOIN LATERAL jsonb_populate_record(NULL::cases, f.columns) n
      WHERE c.id = f."caseId" AND c.id = ANY (ARRAY(SELECT (a->>'caseId')::uuid FROM jsonb_array_elements(ready) a));
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
    UPDATE deadlines d SET cancelled_at = f.at FROM jsonb_to_recordset(ready) AS f ("caseId" uuid, at timestamptz)
      WHERE d.case_id = f."caseId" AND d.case_id = ANY (ARRAY(SELECT (a->>'caseId')::uuid FROM jsonb_array_elements(ready) a)) AND d.code = 'DRAFT_AUTODELETE' AND d.fired_at IS NULL AND d.cancelled_at IS NULL;
    INSERT INTO deadlines (id, case_id, code, starts_at, due_at)
      SELECT s.id, (f->>'caseId')::uuid, s.code, (f->>'at')::timestamptz, s.due_at
      FROM jsonb_array_elements(ready) f CROSS JOIN LATERAL jsonb_to_record(f->'starts') AS s (id uuid, code text, due_at timestamptz);
    INSERT INTO chain_heads (chain, seq, hash) SELECT a.id, 0, '\\x' FROM unnest(ARRAY(SELECT (a->>'caseId')::uuid FROM jsonb_array_elements(ready) a)) AS a (id)
      WHERE NOT EXISTS (SELECT FROM chain_heads h WHERE h.chain = a.id) ON CONFLICT DO NOTHING;
    PERFORM FROM chain_heads h WHERE h.chain = ANY (ARRAY(SELECT (a->>'caseId')::uuid FROM jsonb_array_elements(ready) a)) ORDER BY h.chain FOR UPDATE;
    WITH facts AS (
      SELECT f."eventId" AS id, h.chain, h.seq + 1 AS seq, f."personId" AS actor, f.at, f.data, h.hash AS previous,
        event_hash(h.hash, f."eventId", h.chain, h.seq + 1, 'case.submitted', f."personId", 'citizen', f.at, f.data) AS hash
      FROM jsonb_to_recordset(ready) AS f ("eventId" uuid, "caseId" uuid, "personId" uuid, at timestamptz, data jsonb) JOIN chain_heads h ON h.chain = f."caseId"),
    told AS (
      INSERT INTO events (id, chain, seq, case_id, type, actor_id, actor_role, at, data, previous, hash)
        SELECT e.id, e.chain, e.seq, e.chain, 'case.submitted', e.actor, 'citizen', e.at, e.data, e.previous, e.hash FROM facts e),
    chained AS (UPDATE chain_heads h SET seq = e.seq, hash = e.hash FROM facts e WHERE h.chain = e.chain)
    INSERT INTO outbox (event_id) SELECT e.id FROM facts e;
    RETURN QUERY SELECT (f->>'caseId')::uuid, f->>'number' FROM jsonb_array_elements(ready) f;
  END `;
