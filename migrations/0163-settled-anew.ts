import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const ownParty = `EXISTS (SELECT 1 FROM parties y WHERE y.id = party_id AND y.case_id = anew_agreements.case_id AND y.person_id = current_person())`;
const refusedThen = `EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id AND c.state = 'COURT_REFUSED' AND c.state_since = refused_at)`;

export const policies: Policy[] = [
  [
    'anew_agreements',
    'participants_and_desk_read',
    'SELECT',
    'cabinet_app',
    `is_participant(case_id) OR (current_office() = 'coordinator' AND sees_case(case_id))`,
  ],
  [
    'anew_agreements',
    'own_party_agrees',
    'INSERT',
    'cabinet_app',
    null,
    `current_office() = 'citizen' AND person_id = current_person() AND ${ownParty} AND ${refusedThen}`,
  ],
  ['anew_agreements', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
];

/**
 * A settlement that the court did not approve is written anew (lifecycle.md: COURT_REFUSED to SETTLEMENT_DRAFT, the coordinator with both sides).
 * Every party agrees to that for this one refusal; the paper that was refused stays as it was concluded, and makes room for another.
 */
export class SettledAnew implements MigrationInterface {
  name = 'SettledAnew1764000000163';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(functions);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP TRIGGER cases_settlement_superseded ON cases; DROP FUNCTION settlement_superseded();
      DROP TRIGGER cases_anew_by_all ON cases; DROP FUNCTION anew_by_all(); DROP TABLE anew_agreements;
      DROP INDEX papers_one_open; CREATE UNIQUE INDEX papers_one_open ON papers (case_id, kind) WHERE abandoned_at IS NULL;
      ALTER TABLE papers DROP COLUMN superseded_at;`);
  }
}

const tables = `
  ALTER TABLE papers ADD COLUMN superseded_at timestamptz,
    ADD CONSTRAINT papers_superseded_concluded CHECK (superseded_at IS NULL OR (kind = 'settlement' AND concluded_at IS NOT NULL AND abandoned_at IS NULL));
  DROP INDEX papers_one_open;
  CREATE UNIQUE INDEX papers_one_open ON papers (case_id, kind) WHERE abandoned_at IS NULL AND superseded_at IS NULL;
  GRANT SELECT (superseded_at), UPDATE (superseded_at) ON papers TO cabinet_writer;

  -- The word of one party for one refusal; a second refusal is asked about anew.
  CREATE TABLE anew_agreements (
    case_id uuid NOT NULL CONSTRAINT anew_agreements_case REFERENCES cases,
    party_id uuid NOT NULL CONSTRAINT anew_agreements_party REFERENCES parties,
    refused_at timestamptz NOT NULL,
    person_id uuid NOT NULL CONSTRAINT anew_agreements_by REFERENCES persons,
    agreed_at timestamptz NOT NULL,
    CONSTRAINT anew_agreements_pk PRIMARY KEY (party_id, refused_at)
  );
  CREATE INDEX anew_agreements_of_case ON anew_agreements (case_id, refused_at);
  ALTER TABLE anew_agreements ENABLE ROW LEVEL SECURITY; ALTER TABLE anew_agreements FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT ON anew_agreements TO cabinet_app;
  GRANT SELECT ON anew_agreements TO cabinet_guard;
  CREATE TRIGGER anew_agreements_append_only BEFORE UPDATE OR DELETE ON anew_agreements FOR EACH ROW EXECUTE FUNCTION refuse_change();
`;

const functions = `
  CREATE FUNCTION anew_by_all() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM parties y WHERE y.case_id = NEW.id AND NOT EXISTS (
        SELECT 1 FROM anew_agreements a WHERE a.party_id = y.id AND a.refused_at = OLD.state_since)) THEN
      RAISE EXCEPTION 'not all parties agreed to settle anew' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  ALTER FUNCTION anew_by_all() OWNER TO cabinet_guard;
  CREATE TRIGGER cases_anew_by_all BEFORE UPDATE OF state ON cases FOR EACH ROW
    WHEN (OLD.state = 'COURT_REFUSED' AND NEW.state = 'SETTLEMENT_DRAFT') EXECUTE FUNCTION anew_by_all();

  CREATE FUNCTION settlement_superseded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE papers SET superseded_at = NEW.state_since WHERE case_id = NEW.id AND kind = 'settlement' AND concluded_at IS NOT NULL
      AND abandoned_at IS NULL AND superseded_at IS NULL;
    RETURN NULL;
  END $$;
  ALTER FUNCTION settlement_superseded() OWNER TO cabinet_writer;
  CREATE TRIGGER cases_settlement_superseded AFTER UPDATE OF state ON cases FOR EACH ROW
    WHEN (OLD.state = 'COURT_REFUSED' AND NEW.state = 'SETTLEMENT_DRAFT') EXECUTE FUNCTION settlement_superseded();
`;
