import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const ownCourt = `current_office() = 'court' AND court_id = current_court()`;

export const policies: Policy[] = [
  ['court_acts', 'own_court', 'SELECT', 'cabinet_app', ownCourt],
  ['court_acts', 'own_court_enters', 'INSERT', 'cabinet_app', null, `${ownCourt} AND entered_by = current_person()`],
  [
    'court_acts',
    'second_person',
    'UPDATE',
    'cabinet_app',
    `${ownCourt} AND entered_by <> current_person()`,
    `${ownCourt} AND decided_by = current_person()`,
  ],
  ['court_acts', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['referrals', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['deadlines', 'guard_sets', 'INSERT', 'cabinet_guard', null, 'true'],
  ['deadlines', 'guard_cancels', 'UPDATE', 'cabinet_guard', 'true', 'true'],
];

/**
 * What a court enters about a case of its own: its term, that it suspended the proceedings, its ruling on the settlement. An act stands as
 * it was entered; a correction is an act of its own, which counts when a second person of the same court has accepted it. What an act does
 * to the case happens here, in the same transaction: the court's people reach no row of the case itself.
 */
export class Rulings implements MigrationInterface {
  name = 'Rulings1764000000097';

  async up(db: QueryRunner) {
    await db.query(table);
    await db.query(effect);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(grants);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP INDEX deadlines_one_court_term; DROP TABLE court_acts; DROP FUNCTION court_act_takes_effect(); DROP FUNCTION court_acts_stand(); DROP FUNCTION court_rules(uuid, text, timestamptz);
      DROP FUNCTION court_dates(uuid, date, timestamptz);
      DROP POLICY guard_reads ON referrals; DROP POLICY guard_sets ON deadlines; DROP POLICY guard_cancels ON deadlines;
      REVOKE UPDATE (state, state_since) ON cases FROM cabinet_guard; REVOKE SELECT (case_id, ruling_on) ON referrals FROM cabinet_guard;
      REVOKE INSERT, UPDATE (cancelled_at) ON deadlines FROM cabinet_guard;`);
  }
}

const table = `
  CREATE TABLE court_acts (
    id uuid CONSTRAINT court_acts_pk PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT court_acts_case REFERENCES cases,
    court_id text NOT NULL CONSTRAINT court_acts_court REFERENCES courts,
    kind text NOT NULL CONSTRAINT court_acts_kind CHECK (kind IN ('term', 'suspension', 'ruling')),
    on_date date NOT NULL,
    until date,
    number text CONSTRAINT court_acts_number_length CHECK (length(number) <= 60),
    outcome text CONSTRAINT court_acts_outcome CHECK (outcome IN ('approved', 'refused', 'returned')),
    grounds text[] NOT NULL DEFAULT '{}',
    duty_refund boolean NOT NULL DEFAULT false,
    duty_amount numeric(14, 0) CONSTRAINT court_acts_duty CHECK (duty_amount > 0),
    entered_by uuid NOT NULL CONSTRAINT court_acts_by REFERENCES persons, entered_at timestamptz NOT NULL,
    corrects uuid CONSTRAINT court_acts_corrected REFERENCES court_acts,
    decided_by uuid CONSTRAINT court_acts_decider REFERENCES persons, decided_at timestamptz, accepted boolean,
    CONSTRAINT court_acts_ruling CHECK ((kind = 'ruling') = (outcome IS NOT NULL)),
    CONSTRAINT court_acts_grounds CHECK ((outcome IN ('refused', 'returned')) IS TRUE = (cardinality(grounds) > 0)),
    CONSTRAINT court_acts_refund CHECK (duty_amount IS NULL OR (duty_refund AND outcome = 'approved')),
    CONSTRAINT court_acts_term CHECK (kind <> 'term' OR until >= on_date),
    CONSTRAINT court_acts_decided CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (accepted IS NULL)),
    CONSTRAINT court_acts_decides_corrections CHECK (corrects IS NOT NULL OR decided_by IS NULL),
    CONSTRAINT court_acts_two_people CHECK (decided_by <> entered_by)
  );
  CREATE INDEX court_acts_of_case ON court_acts (case_id, entered_at);
  CREATE UNIQUE INDEX court_acts_one_ruling ON court_acts (case_id) WHERE kind = 'ruling' AND corrects IS NULL;
  CREATE UNIQUE INDEX court_acts_one_open_correction ON court_acts (corrects) WHERE corrects IS NOT NULL AND decided_by IS NULL;
  CREATE UNIQUE INDEX deadlines_one_court_term ON deadlines (case_id) WHERE code = 'COURT_PENDING' AND cancelled_at IS NULL AND fired_at IS NULL;
  ALTER TABLE court_acts ENABLE ROW LEVEL SECURITY; ALTER TABLE court_acts FORCE ROW LEVEL SECURITY;
`;

const effect = `
  -- The move that a ruling is. KE001: not there for this court; KE002: the case does not wait for it; KE003: dated before the case came to the court.
  CREATE FUNCTION court_rules(which uuid, outcome text, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE cases SET state = CASE outcome WHEN 'approved' THEN 'COURT_APPROVED' ELSE 'COURT_REFUSED' END, state_since = at WHERE id = which
      AND state <> CASE outcome WHEN 'approved' THEN 'COURT_APPROVED' ELSE 'COURT_REFUSED' END;
  END $$;
  -- The court's term is one deadline; another date takes its place.
  CREATE FUNCTION court_dates(which uuid, until date, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE deadlines SET cancelled_at = at WHERE case_id = which AND code = 'COURT_PENDING' AND cancelled_at IS NULL;
    INSERT INTO deadlines (id, case_id, code, starts_at, due_at)
      VALUES (time_ordered_id(at), which, 'COURT_PENDING', at, (until + 1)::timestamp AT TIME ZONE 'Asia/Almaty' - interval '1 second');
  END $$;
  CREATE FUNCTION court_act_takes_effect() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    held record;
    first court_acts%ROWTYPE;
  BEGIN
    SELECT c.state, c.state_since, c.filed_at, c.court_board INTO held FROM cases c
      WHERE c.id = NEW.case_id AND c.court_id = NEW.court_id AND c.court_board IS NOT NULL FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'not of this court' USING ERRCODE = 'KE001'; END IF;
    IF NEW.on_date < (SELECT coalesce((SELECT r.ruling_on FROM referrals r WHERE r.case_id = NEW.case_id), (held.filed_at AT TIME ZONE 'Asia/Almaty')::date)) THEN
      RAISE EXCEPTION 'before the referral' USING ERRCODE = 'KE003';
    END IF;
    IF NEW.corrects IS NOT NULL THEN
      SELECT * INTO first FROM court_acts a WHERE a.id = NEW.corrects AND a.case_id = NEW.case_id AND a.kind = NEW.kind AND a.corrects IS NULL;
      IF NOT FOUND THEN RAISE EXCEPTION 'nothing to correct' USING ERRCODE = 'KE001'; END IF;
      IF NEW.accepted IS NOT TRUE THEN RETURN NEW; END IF;
      IF NEW.kind = 'ruling' AND held.state NOT IN ('COURT_APPROVED', 'COURT_REFUSED') THEN RAISE EXCEPTION 'the case went on' USING ERRCODE = 'KE002'; END IF;
    ELSIF NEW.kind = 'ruling' THEN
      IF held.state <> 'AT_COURT' THEN RAISE EXCEPTION 'nothing to rule on' USING ERRCODE = 'KE002'; END IF;
      IF NEW.on_date < (held.state_since AT TIME ZONE 'Asia/Almaty')::date THEN RAISE EXCEPTION 'before it was sent' USING ERRCODE = 'KE003'; END IF;
    ELSIF held.court_board = 'ended' THEN RAISE EXCEPTION 'the case is over' USING ERRCODE = 'KE002';
    END IF;
    IF NEW.kind = 'ruling' THEN PERFORM court_rules(NEW.case_id, NEW.outcome, coalesce(NEW.decided_at, NEW.entered_at)); END IF;
    IF NEW.kind = 'term' AND held.court_board <> 'ended' THEN PERFORM court_dates(NEW.case_id, NEW.until, coalesce(NEW.decided_at, NEW.entered_at)); END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER court_acts_take_effect BEFORE INSERT OR UPDATE ON court_acts FOR EACH ROW EXECUTE FUNCTION court_act_takes_effect();
  -- An act is decided once, and nothing else of it ever changes.
  CREATE FUNCTION court_acts_stand() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' OR OLD.decided_by IS NOT NULL
      OR (to_jsonb(NEW) - '{decided_by,decided_at,accepted}'::text[]) <> (to_jsonb(OLD) - '{decided_by,decided_at,accepted}'::text[]) THEN
      RAISE EXCEPTION 'court_acts stand as entered' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER court_acts_a_stand BEFORE UPDATE OR DELETE ON court_acts FOR EACH ROW EXECUTE FUNCTION court_acts_stand();
`;

const grants = `
  GRANT SELECT, INSERT, UPDATE (decided_by, decided_at, accepted) ON court_acts TO cabinet_app;
  GRANT SELECT ON court_acts TO cabinet_guard;
  GRANT UPDATE (state, state_since) ON cases TO cabinet_guard;
  GRANT SELECT (case_id, ruling_on) ON referrals TO cabinet_guard;
  GRANT INSERT, UPDATE (cancelled_at) ON deadlines TO cabinet_guard;
  ALTER FUNCTION court_act_takes_effect() OWNER TO cabinet_guard;
  ALTER FUNCTION court_rules(uuid, text, timestamptz) OWNER TO cabinet_guard;
  ALTER FUNCTION court_dates(uuid, date, timestamptz) OWNER TO cabinet_guard;
`;
