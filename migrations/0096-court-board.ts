import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const own = `person_id = current_person() AND current_office() = 'court' AND court_id = current_court()`;

export const policies: Policy[] = [
  ['court_filters', 'own', 'ALL', 'cabinet_app', own, own],
  ['court_watches', 'own', 'ALL', 'cabinet_app', own, own],
  ['court_watches', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['events', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
];

/**
 * The court's board: on which column a case lies, what is out of order with it, and a page of it in one statement. A court reads facts:
 * an ending before mediation reads the same whoever caused it, a notice that came back names nobody, a term that ran out blames nobody.
 */
export class CourtBoard implements MigrationInterface {
  name = 'CourtBoard1764000000096';

  async up(db: QueryRunner) {
    await db.query(columns);
    await db.query(marks);
    await db.query(tables);
    await db.query('DROP VIEW court_cases');
    await db.query(views);
    await db.query(page);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(grants);
    for (const [kind, name] of owned) await db.query(`ALTER ${kind} ${name} OWNER TO cabinet_guard`);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP FUNCTION court_page(text, text, text, text, text, boolean, timestamptz, timestamptz, uuid, integer); DROP FUNCTION court_counts(integer, timestamptz);
      DROP VIEW court_facts, court_cases; DROP TABLE court_filters, court_watches;
      DROP TRIGGER deadlines_date_court ON deadlines; DROP FUNCTION date_court();
      DROP TRIGGER cases_date_court ON cases; DROP FUNCTION date_named_court();
      DROP TRIGGER notifications_mark_undelivered ON notifications; DROP FUNCTION mark_undelivered();
      ALTER TABLE cases DROP COLUMN court_board, DROP COLUMN court_due, DROP COLUMN court_term, DROP COLUMN undelivered_since;
      DROP POLICY guard_reads ON events; REVOKE SELECT (id, case_id, seq, type, at, data) ON events FROM cabinet_guard;`);
    await db.query(`
      CREATE VIEW court_cases WITH (security_barrier) AS
        SELECT c.id, c.number, c.court_case_number, c.category, c.filed_at, c.state_since, c.contract_at, c.term_ends_at,
               CASE WHEN c.state IN ('DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'REFUSED_SCOPE') THEN 'NOT_STARTED' ELSE c.state END AS state,
               c.ground, c.mediator_id IS NOT NULL AS has_mediator,
               (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL) AS due_at
        FROM cases c WHERE c.court_id = current_court() AND c.state <> 'DRAFT' AND c.number IS NOT NULL;
      GRANT SELECT ON court_cases TO cabinet_court; ALTER VIEW court_cases OWNER TO cabinet_guard;`);
  }
}

const columns = `
  ALTER TABLE cases
    -- Which column of the court's board: derived, so that it cannot disagree with the state.
    ADD COLUMN court_board text GENERATED ALWAYS AS (CASE
      WHEN court_id IS NULL OR state = 'DRAFT' OR number IS NULL THEN NULL
      WHEN state IN ('SUBMITTED', 'RETURNED') THEN 'new'
      WHEN state = 'INVITED' THEN 'invited'
      WHEN state IN ('CONSENTED', 'MEDIATOR_OFFERED', 'MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING') THEN 'consented'
      WHEN state IN ('IN_MEDIATION', 'EXTENDED') THEN 'mediating'
      WHEN state IN ('SETTLEMENT_DRAFT', 'SETTLEMENT_SIGNING', 'SETTLED_FULL', 'SETTLED_PARTIAL', 'AT_COURT', 'COURT_REFUSED') THEN 'settling'
      ELSE 'ended' END) STORED,
    ADD COLUMN court_due timestamptz,
    ADD COLUMN court_term timestamptz,
    ADD COLUMN undelivered_since timestamptz;
  CREATE INDEX cases_court_board ON cases (court_id, court_board, state_since DESC, id DESC) WHERE court_board IS NOT NULL;
  CREATE INDEX cases_court_since ON cases (court_id, state_since DESC, id DESC) WHERE court_board IS NOT NULL;
  CREATE INDEX cases_court_age ON cases (court_id, filed_at, id) WHERE court_board IS NOT NULL;
  CREATE INDEX cases_court_due ON cases (court_id, court_due, id) WHERE court_board IS NOT NULL AND court_due IS NOT NULL;
  CREATE INDEX cases_court_term ON cases (court_id, court_term, id) WHERE court_board IS NOT NULL AND court_term IS NOT NULL;
  CREATE INDEX cases_court_stuck ON cases (court_id, stuck_since, id) WHERE court_board IS NOT NULL AND stuck_since IS NOT NULL;
  CREATE INDEX cases_court_undelivered ON cases (court_id, undelivered_since, id) WHERE court_board IS NOT NULL AND undelivered_since IS NOT NULL;
  CREATE INDEX cases_court_unmediated ON cases (court_id, state_since, id) WHERE court_board IS NOT NULL AND state = 'CONSENTED';
  CREATE INDEX cases_court_number ON cases (court_id, court_case_number text_pattern_ops) WHERE court_board IS NOT NULL;
  UPDATE cases c SET
    court_due = (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL),
    court_term = (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.code = 'COURT_PENDING' AND d.cancelled_at IS NULL)
    WHERE court_id IS NOT NULL;
`;

const dates = `court_due = (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL),
  court_term = (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.code = 'COURT_PENDING' AND d.cancelled_at IS NULL)`;

const marks = `
  -- Whatever sets, moves or ends a date of a court's case, in the same transaction.
  CREATE FUNCTION date_court() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE cases c SET ${dates} WHERE c.id = NEW.case_id AND c.court_id IS NOT NULL;
    RETURN NULL;
  END $$;
  CREATE TRIGGER deadlines_date_court AFTER INSERT OR UPDATE ON deadlines FOR EACH ROW EXECUTE FUNCTION date_court();
  CREATE FUNCTION date_named_court() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE cases c SET ${dates} WHERE c.id = NEW.id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER cases_date_court AFTER UPDATE OF court_id ON cases FOR EACH ROW
    WHEN (NEW.court_id IS NOT NULL AND OLD.court_id IS DISTINCT FROM NEW.court_id) EXECUTE FUNCTION date_named_court();
  -- A legal notice of the case that no channel could deliver; gone when it is sent after all.
  CREATE FUNCTION mark_undelivered() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE cases c SET undelivered_since = (SELECT min(n.due_at) FROM notifications n WHERE n.case_id = c.id AND n.legal AND n.state = 'failed')
      WHERE c.id = NEW.case_id AND c.court_id IS NOT NULL;
    RETURN NULL;
  END $$;
  CREATE TRIGGER notifications_mark_undelivered AFTER UPDATE OF state ON notifications FOR EACH ROW
    WHEN (NEW.legal AND NEW.case_id IS NOT NULL AND 'failed' IN (OLD.state, NEW.state) AND OLD.state <> NEW.state) EXECUTE FUNCTION mark_undelivered();
`;

const tables = `
  -- A clerk's own: searches kept by name, and cases to keep an eye on.
  CREATE TABLE court_filters (
    id uuid CONSTRAINT court_filters_pk PRIMARY KEY,
    court_id text NOT NULL CONSTRAINT court_filters_court REFERENCES courts,
    person_id uuid NOT NULL CONSTRAINT court_filters_person REFERENCES persons,
    name text NOT NULL CONSTRAINT court_filters_named CHECK (length(name) BETWEEN 1 AND 60),
    query jsonb NOT NULL, kept_at timestamptz NOT NULL,
    CONSTRAINT court_filters_name UNIQUE (person_id, court_id, name)
  );
  CREATE TABLE court_watches (
    person_id uuid NOT NULL CONSTRAINT court_watches_person REFERENCES persons,
    court_id text NOT NULL CONSTRAINT court_watches_court REFERENCES courts,
    case_id uuid NOT NULL CONSTRAINT court_watches_case REFERENCES cases,
    since timestamptz NOT NULL,
    CONSTRAINT court_watches_pk PRIMARY KEY (person_id, court_id, case_id)
  );
  CREATE INDEX court_watches_of_case ON court_watches (case_id);
  ALTER TABLE court_filters ENABLE ROW LEVEL SECURITY; ALTER TABLE court_filters FORCE ROW LEVEL SECURITY;
  ALTER TABLE court_watches ENABLE ROW LEVEL SECURITY; ALTER TABLE court_watches FORCE ROW LEVEL SECURITY;
`;

/** What a court reads of a case. Before mediation ended there is no mediator either: it would tell how far it came. */
const notStarted = `c.state IN ('DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'REFUSED_SCOPE')`;
const shown = `c.id, c.number, c.court_case_number, c.category, c.door, c.filed_at, c.state_since,
  CASE WHEN ${notStarted} THEN 'NOT_STARTED' ELSE c.state END AS state, c.court_board AS board, c.ground,
  (SELECT concat_ws(' ', p.surname, p.given, nullif(p.patronymic, '')) FROM persons p WHERE p.id = c.mediator_id AND NOT ${notStarted}) AS mediator,
  c.court_due AS due_at, c.court_term AS term_at,
  CASE WHEN c.stuck_since IS NULL THEN NULL WHEN c.stuck_code IN ('HANDOVER', 'CALL') THEN 'stuck' ELSE 'overdue' END AS stuck, c.stuck_since,
  c.undelivered_since,
  EXISTS (SELECT 1 FROM court_watches w WHERE w.case_id = c.id AND w.person_id = current_person() AND w.court_id = current_court()) AS watched`;
const taken = `c.id, c.number, c.court_case_number, c.category, c.door, c.filed_at, c.state_since, c.state, c.court_board, c.ground, c.mediator_id,
  c.court_due, c.court_term, c.stuck_since, c.stuck_code, c.undelivered_since`;
const ofCourt = 'c.court_id = current_court() AND c.court_board IS NOT NULL';

const views = `
  CREATE VIEW court_cases WITH (security_barrier) AS SELECT ${shown} FROM cases c WHERE ${ofCourt};
  -- The facts of a case that a court may know, without who did them: four ways not to begin read as one, of a mediator's offers only that one was accepted.
  CREATE VIEW court_facts WITH (security_barrier) AS
    SELECT e.id, e.case_id, e.seq, e.at,
      CASE WHEN e.type IN ('case.declined', 'case.expired_invitation', 'case.withdrawn', 'case.refused') THEN 'case.not_started'
        WHEN e.type = 'case.reinvited' THEN 'case.invited' ELSE e.type END AS type,
      CASE WHEN e.type IN ('case.mediation_started', 'case.extended', 'court.term_set') THEN e.data->>'dueAt' END AS due_at,
      CASE WHEN e.type IN ('case.settled', 'case.terminated') THEN e.data->>'ground' END AS ground
    FROM events e JOIN cases c ON c.id = e.case_id
    WHERE ${ofCourt} AND e.type IN ('case.submitted', 'case.returned', 'case.refused', 'case.invited', 'case.reinvited', 'case.consented', 'case.declined',
      'case.expired_invitation', 'case.withdrawn', 'case.court_named', 'offer.accepted', 'case.mediation_started', 'case.extended', 'case.mediator_replaced',
      'case.settled', 'case.terminated', 'case.sent_to_court', 'case.court_ruled', 'court.term_set', 'court.suspended', 'court.correction_proposed',
      'court.corrected', 'case.closed', 'case.archived');
`;

/** A page by keyset, in the order of an index. The texts that are put together are from the lists here alone, never from who asks. */
const page = `
  CREATE FUNCTION court_page(board text, trouble text, kind text, sought text, sort text, watched boolean, soon timestamptz, beyond timestamptz, beyond_id uuid, at_most integer)
  RETURNS SETOF court_cases LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    line text := CASE trouble WHEN 'overdue' THEN 'c.stuck_since' WHEN 'stuck' THEN 'c.stuck_since' WHEN 'undelivered' THEN 'c.undelivered_since'
      WHEN 'no_mediator' THEN 'c.state_since' WHEN 'term' THEN 'c.court_term'
      ELSE CASE sort WHEN 'age' THEN 'c.filed_at' WHEN 'due' THEN 'c.court_due' ELSE 'c.state_since' END END;
    newest boolean := trouble IS NULL AND coalesce(sort, 'since') = 'since';
    narrowed text := CASE trouble WHEN 'overdue' THEN ' AND c.stuck_since IS NOT NULL AND c.stuck_code NOT IN (''HANDOVER'', ''CALL'')'
      WHEN 'stuck' THEN ' AND c.stuck_since IS NOT NULL AND c.stuck_code IN (''HANDOVER'', ''CALL'')' WHEN 'undelivered' THEN ' AND c.undelivered_since IS NOT NULL'
      WHEN 'no_mediator' THEN ' AND c.state = ''CONSENTED''' WHEN 'term' THEN ' AND c.court_term < $7 AND c.court_board <> ''ended'''
      ELSE CASE sort WHEN 'due' THEN ' AND c.court_due IS NOT NULL' ELSE '' END END;
    sorted text := line || CASE WHEN newest THEN ' DESC, c.id DESC' ELSE ', c.id' END;
  BEGIN
    IF current_court() IS NULL THEN RETURN; END IF;
    RETURN QUERY EXECUTE 'SELECT ${shown.replaceAll("'", "''")} FROM (SELECT ${taken} FROM cases c WHERE ${ofCourt}' || narrowed
      || CASE WHEN board IS NOT NULL THEN ' AND c.court_board = $1' ELSE '' END
      || CASE WHEN kind IS NOT NULL THEN ' AND c.category = $2' ELSE '' END
      || CASE WHEN sought IS NOT NULL THEN ' AND (c.court_case_number LIKE $3 || ''%'' OR c.number = $3)' ELSE '' END
      || CASE WHEN watched THEN ' AND c.id IN (SELECT w.case_id FROM court_watches w WHERE w.person_id = current_person() AND w.court_id = current_court())' ELSE '' END
      || CASE WHEN beyond IS NULL THEN '' WHEN newest THEN ' AND (' || line || ', c.id) < ($4, $5)' ELSE ' AND (' || line || ', c.id) > ($4, $5)' END
      || ' ORDER BY ' || sorted || ' LIMIT $6) c ORDER BY ' || sorted USING board, kind, sought, beyond, beyond_id, at_most, soon;
  END $$;

  -- How much stands in each column, and how much is out of order: counted up to a limit.
  CREATE FUNCTION court_counts(at_most integer, soon timestamptz) RETURNS TABLE (what text, cases integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT boards.board, (SELECT count(*)::integer FROM (SELECT 1 FROM cases c WHERE ${ofCourt} AND c.court_board = boards.board LIMIT at_most) counted)
      FROM unnest(ARRAY['new', 'invited', 'consented', 'mediating', 'settling', 'ended']) AS boards (board)
    UNION ALL SELECT 'overdue', (SELECT count(*)::integer FROM (SELECT 1 FROM cases c WHERE ${ofCourt} AND c.stuck_since IS NOT NULL AND c.stuck_code NOT IN ('HANDOVER', 'CALL') LIMIT at_most) n)
    UNION ALL SELECT 'stuck', (SELECT count(*)::integer FROM (SELECT 1 FROM cases c WHERE ${ofCourt} AND c.stuck_since IS NOT NULL AND c.stuck_code IN ('HANDOVER', 'CALL') LIMIT at_most) n)
    UNION ALL SELECT 'undelivered', (SELECT count(*)::integer FROM (SELECT 1 FROM cases c WHERE ${ofCourt} AND c.undelivered_since IS NOT NULL LIMIT at_most) n)
    UNION ALL SELECT 'no_mediator', (SELECT count(*)::integer FROM (SELECT 1 FROM cases c WHERE ${ofCourt} AND c.state = 'CONSENTED' LIMIT at_most) n)
    UNION ALL SELECT 'term', (SELECT count(*)::integer FROM (SELECT 1 FROM cases c WHERE ${ofCourt} AND c.court_term < soon AND c.court_board <> 'ended' LIMIT at_most) n)
    UNION ALL SELECT 'watched', (SELECT count(*)::integer FROM court_watches w WHERE w.person_id = current_person() AND w.court_id = current_court()) $$;
`;

const grants = `
  GRANT SELECT (surname, given, patronymic) ON persons TO cabinet_guard;
  GRANT SELECT (court_board, court_due, court_term, undelivered_since, category, door), UPDATE (court_due, court_term, undelivered_since) ON cases TO cabinet_guard;
  GRANT SELECT (code) ON deadlines TO cabinet_guard;
  GRANT SELECT (case_id, legal, due_at) ON notifications TO cabinet_guard;
  GRANT SELECT ON court_watches TO cabinet_guard;
  GRANT SELECT (id, case_id, seq, type, at, data) ON events TO cabinet_guard;
  GRANT SELECT, INSERT, DELETE ON court_filters, court_watches TO cabinet_app;
  GRANT SELECT ON court_cases, court_facts TO cabinet_court;
  GRANT EXECUTE ON FUNCTION court_page(text, text, text, text, text, boolean, timestamptz, timestamptz, uuid, integer), court_counts(integer, timestamptz) TO cabinet_court;
`;

const owned = [
  ['VIEW', 'court_cases'],
  ['VIEW', 'court_facts'],
  ['FUNCTION', 'court_page(text, text, text, text, text, boolean, timestamptz, timestamptz, uuid, integer)'],
  ['FUNCTION', 'court_counts(integer, timestamptz)'],
  ['FUNCTION', 'date_court()'],
  ['FUNCTION', 'date_named_court()'],
  ['FUNCTION', 'mark_undelivered()'],
] as const;
