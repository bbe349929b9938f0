import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const readers = `('council', 'coordinator', 'court', 'administrator')`;
const own = `person_id = current_person() AND office = current_office() AND court_id IS NOT DISTINCT FROM current_court()`;

export const policies: Policy[] = [
  ['exports', 'own_reads', 'SELECT', 'cabinet_app', `(${own}) OR (person_id IS NULL AND current_office() IN ${readers})`],
  ['exports', 'own_asks', 'INSERT', 'cabinet_app', null, `${own} AND state = 'waiting'`],
  ['exports', 'worker_makes', 'ALL', 'cabinet_worker', 'true', 'true'],
  ['exports', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
];

/**
 * Files that take longer than a reader waits: asked for by somebody in an office, made by the worker, kept until they expire. A report of
 * a month that is over is made for every office by itself. The worker gets a register's rows only for an export that it is making, of that court.
 */
export class Exports implements MigrationInterface {
  name = 'Exports1764000000111';

  async up(db: QueryRunner) {
    await db.query(table);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(functions);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP FUNCTION export_register(uuid, timestamptz, uuid, integer); DROP FUNCTION export_register_size(uuid); DROP TABLE exports;
      REVOKE SELECT ON report_table, report_periods FROM cabinet_worker;`);
  }
}

const table = `
  CREATE TABLE exports (
    id uuid CONSTRAINT exports_pk PRIMARY KEY,
    person_id uuid CONSTRAINT exports_person REFERENCES persons,
    office text NOT NULL CONSTRAINT exports_office CHECK (office IN ${readers}),
    court_id text CONSTRAINT exports_court REFERENCES courts,
    kind text NOT NULL CONSTRAINT exports_kind CHECK (kind IN ('register', 'report')),
    asked jsonb NOT NULL, asked_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CONSTRAINT exports_state CHECK (state IN ('waiting', 'making', 'ready', 'failed', 'expired')),
    reason text, done integer NOT NULL DEFAULT 0, total integer,
    touched_at timestamptz, ready_at timestamptz, expires_at timestamptz,
    name text, type text, size integer, bytes bytea,
    CONSTRAINT exports_of_court CHECK (kind <> 'register' OR (court_id IS NOT NULL AND person_id IS NOT NULL)),
    CONSTRAINT exports_has_file CHECK ((state = 'ready') = (bytes IS NOT NULL)),
    CONSTRAINT exports_ends CHECK (state <> 'ready' OR expires_at IS NOT NULL)
  );
  -- Asked for again while it is being made, it is the same one.
  CREATE UNIQUE INDEX exports_one_in_hand ON exports (coalesce(person_id, '00000000-0000-0000-0000-000000000000'), office, coalesce(court_id, ''), kind, asked)
    WHERE state IN ('waiting', 'making');
  CREATE INDEX exports_in_hand ON exports (asked_at) WHERE state IN ('waiting', 'making');
  CREATE INDEX exports_of_person ON exports (person_id, asked_at DESC);
  CREATE INDEX exports_by_expiry ON exports (expires_at) WHERE state = 'ready';
  ALTER TABLE exports ENABLE ROW LEVEL SECURITY; ALTER TABLE exports FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT (id, person_id, office, court_id, kind, asked, asked_at) ON exports TO cabinet_app;
  GRANT SELECT (id, person_id, office, court_id, kind, asked, asked_at, state, reason, done, total, touched_at, ready_at, expires_at), INSERT, UPDATE, DELETE ON exports TO cabinet_worker;
  GRANT SELECT (id, court_id, kind, asked, state) ON exports TO cabinet_guard;
  GRANT SELECT ON report_table, report_periods TO cabinet_worker;
`;

const bounds = `(e.asked->>'from')::date::timestamp AT TIME ZONE 'Asia/Almaty', ((e.asked->>'to')::date + 1)::timestamp AT TIME ZONE 'Asia/Almaty', e.asked->>'by' = 'sent'`;
const making = `e.id = which AND e.state = 'making' AND e.kind = 'register'`;

const functions = `
  CREATE FUNCTION export_register(which uuid, beyond timestamptz, beyond_id uuid, at_most integer)
  RETURNS TABLE (id uuid, number text, court_case_number text, category text, filed_at timestamptz, state text, state_since timestamptz, mediator text,
    term_at timestamptz, ground text, letters jsonb, outcome text, ruled_on date, ruling_number text, duty_refund boolean, duty_amount numeric)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.* FROM exports e CROSS JOIN LATERAL register_page(e.court_id, ${bounds}, beyond, beyond_id, at_most) r WHERE ${making} $$;
  CREATE FUNCTION export_register_size(which uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (SELECT count(*)::integer FROM cases c WHERE c.court_id = b.court_id AND c.court_board IS NOT NULL
      AND CASE WHEN b.by_letters THEN EXISTS (SELECT 1 FROM court_letters l WHERE l.case_id = c.id AND l.court_id = b.court_id AND l.at >= b.since AND l.at < b.before)
        ELSE c.filed_at >= b.since AND c.filed_at < b.before END)
    FROM (SELECT e.court_id, x.* FROM exports e CROSS JOIN LATERAL (SELECT ${bounds}) x (since, before, by_letters) WHERE ${making}) b $$;
  ALTER FUNCTION export_register(uuid, timestamptz, uuid, integer) OWNER TO cabinet_guard;
  ALTER FUNCTION export_register_size(uuid) OWNER TO cabinet_guard;
  GRANT EXECUTE ON FUNCTION export_register(uuid, timestamptz, uuid, integer), export_register_size(uuid) TO cabinet_worker;
`;
