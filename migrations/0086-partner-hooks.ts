import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const administrator = `current_office() = 'administrator'`;

export const policies: Policy[] = [
  ['partner_hooks', 'administrator_reads', 'SELECT', 'cabinet_app', administrator],
  ['partner_hooks', 'administrator_makes', 'INSERT', 'cabinet_app', null, `${administrator} AND made_by = current_person()`],
  ['partner_hooks', 'administrator_ends', 'UPDATE', 'cabinet_app', administrator, administrator],
  ['partner_hooks', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['partner_hooks', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['partner_calls', 'administrator_reads', 'SELECT', 'cabinet_app', administrator],
  ['partner_calls', 'administrator_tries_again', 'UPDATE', 'cabinet_app', administrator, administrator],
  ['partner_calls', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['partner_calls', 'worker_notes', 'UPDATE', 'cabinet_worker', 'true', 'true'],
  ['partner_calls', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['partner_calls', 'guard_plans', 'INSERT', 'cabinet_guard', null, 'true'],
];

/** Facts that a court's own system is called with. What it may learn is what the court reads: its own cases, facts without who did them, states. */
export class PartnerHooks implements MigrationInterface {
  name = 'PartnerHooks1764000000086';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(facts);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(
      'DROP FUNCTION plan_partner_calls(uuid[], timestamptz); DROP VIEW partner_facts; DROP TABLE partner_calls, partner_hooks',
    );
  }
}

const tables = `
  CREATE TABLE partner_hooks (
    id uuid CONSTRAINT partner_hooks_pk PRIMARY KEY,
    name text NOT NULL,
    court_id text NOT NULL CONSTRAINT partner_hooks_court REFERENCES courts,
    host text NOT NULL, address_sealed bytea NOT NULL, secret_sealed bytea NOT NULL,
    made_by uuid NOT NULL CONSTRAINT partner_hooks_maker REFERENCES persons, made_at timestamptz NOT NULL,
    ended_at timestamptz
  );
  CREATE INDEX partner_hooks_open ON partner_hooks (court_id) WHERE ended_at IS NULL;
  CREATE TABLE partner_calls (
    hook_id uuid NOT NULL CONSTRAINT partner_calls_hook REFERENCES partner_hooks,
    event_id uuid NOT NULL,
    due_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    tried_at timestamptz, status integer, failure text,
    done_at timestamptz, given_up_at timestamptz,
    CONSTRAINT partner_calls_pk PRIMARY KEY (hook_id, event_id),
    CONSTRAINT partner_calls_end CHECK (done_at IS NULL OR given_up_at IS NULL)
  );
  CREATE INDEX partner_calls_due ON partner_calls (due_at) WHERE done_at IS NULL AND given_up_at IS NULL;
  ALTER TABLE partner_hooks ENABLE ROW LEVEL SECURITY; ALTER TABLE partner_hooks FORCE ROW LEVEL SECURITY;
  ALTER TABLE partner_calls ENABLE ROW LEVEL SECURITY; ALTER TABLE partner_calls FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT, UPDATE (ended_at) ON partner_hooks TO cabinet_app;
  GRANT SELECT ON partner_hooks TO cabinet_worker;
  GRANT SELECT (id, court_id, made_at, ended_at) ON partner_hooks TO cabinet_guard;
  GRANT SELECT, UPDATE (due_at, tries, given_up_at) ON partner_calls TO cabinet_app;
  GRANT SELECT, UPDATE (due_at, tries, tried_at, status, failure, done_at, given_up_at) ON partner_calls TO cabinet_worker;
  GRANT SELECT (hook_id, event_id), INSERT (hook_id, event_id, due_at) ON partner_calls TO cabinet_guard;
`;

const told = [
  'case.submitted', 'case.returned', 'case.refused', 'case.invited', 'case.reinvited', 'case.consented', 'case.declined', 'case.expired_invitation', 'case.withdrawn',
  'case.import_undone', 'case.court_named', 'offer.accepted', 'case.mediation_started', 'case.extended', 'case.mediator_replaced', 'case.settled', 'case.terminated', 'case.sent_to_court',
  'case.court_ruled', 'court.term_set', 'court.suspended', 'court.corrected', 'case.closed', 'case.archived',
]; // prettier-ignore

/** As court_facts (0096): four ways not to begin mediation read as one, and no reason, person or side is in it. */
const facts = `
  CREATE VIEW partner_facts WITH (security_barrier) AS
    SELECT p.hook_id, p.event_id, e.case_id, e.at,
      CASE WHEN e.type IN ('case.declined', 'case.expired_invitation', 'case.withdrawn', 'case.import_undone', 'case.refused') THEN 'case.not_started'
        WHEN e.type = 'case.reinvited' THEN 'case.invited' ELSE e.type END AS type,
      CASE WHEN c.state IN ('DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'REFUSED_SCOPE') THEN 'NOT_STARTED' ELSE c.state END AS state
    FROM partner_calls p JOIN partner_hooks h ON h.id = p.hook_id JOIN events e ON e.id = p.event_id JOIN cases c ON c.id = e.case_id
    WHERE c.court_id = h.court_id AND c.state <> 'DRAFT' AND c.number IS NOT NULL;
  ALTER VIEW partner_facts OWNER TO cabinet_guard;
  GRANT SELECT ON partner_facts TO cabinet_worker;

  CREATE FUNCTION plan_partner_calls(event_ids uuid[], moment timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE planned integer;
  BEGIN
    INSERT INTO partner_calls (hook_id, event_id, due_at)
      SELECT h.id, e.id, moment FROM partner_hooks h JOIN cases c ON c.court_id = h.court_id AND c.state <> 'DRAFT' AND c.number IS NOT NULL JOIN events e ON e.case_id = c.id
      WHERE h.ended_at IS NULL AND e.id = ANY (event_ids) AND e.at >= h.made_at AND e.type IN (${told.map((type) => `'${type}'`).join(', ')})
      ON CONFLICT (hook_id, event_id) DO NOTHING;
    GET DIAGNOSTICS planned = ROW_COUNT;
    RETURN planned;
  END $$;
  ALTER FUNCTION plan_partner_calls(uuid[], timestamptz) OWNER TO cabinet_guard;
  REVOKE ALL ON FUNCTION plan_partner_calls(uuid[], timestamptz) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION plan_partner_calls(uuid[], timestamptz) TO cabinet_worker;
`;
