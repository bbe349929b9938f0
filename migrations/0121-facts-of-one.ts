import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/** That a party objected to its mediator is known to who did and to the desk (0088). */
const notOthersObjection = `(type NOT LIKE 'objection.%' OR current_office() = 'coordinator' OR actor_id = current_person())`;
/** Who asked a mediator on duty is no office's to know (0064). */
const ofHouse = `case_id IS NULL AND (actor_id = current_person() OR (current_office() = 'administrator' AND type NOT LIKE 'consultation.%'))`;

export const policies: Policy[] = [
  [
    'events',
    'app_reads',
    'SELECT',
    'cabinet_app',
    `(case_id IS NOT NULL AND sees_case(case_id) AND ${notOthersObjection}) OR (${ofHouse})`,
  ],
  ['events', 'co_mediator_reads', 'SELECT', 'cabinet_app', `co_mediates(case_id) AND type NOT LIKE 'objection.%'`],
];

const before: Policy[] = [
  [
    'events',
    'app_reads',
    'SELECT',
    'cabinet_app',
    `(case_id IS NOT NULL AND sees_case(case_id)) OR (case_id IS NULL AND (actor_id = current_person() OR current_office() = 'administrator'))`,
  ],
  ['events', 'co_mediator_reads', 'SELECT', 'cabinet_app', 'co_mediates(case_id)'],
];

/**
 * Facts that are one person's: the log that a case's people share does not tell one side that the other objected, nor an administrator who
 * asked for advice. And the day by which the desk decides on an objection is no date of the case: not for its court, not for an administrator.
 */
export class FactsOfOne implements MigrationInterface {
  name = 'FactsOfOne1764000000121';

  async up(db: QueryRunner) {
    await this.read(db, policies);
    await db.query(dates(`AND d.code <> 'OBJECTION'`));
    await db.query(again);
  }

  async down(db: QueryRunner) {
    await this.read(db, before);
    await db.query(dates(''));
    await db.query(again);
  }

  private async read(db: QueryRunner, wanted: Policy[]) {
    for (const policy of wanted) await db.query(`DROP POLICY ${policy[1]} ON ${policy[0]}; ${createPolicy(policy)}`);
  }
}

const dates = (but: string) => {
  const due = `(SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL ${but})`;
  const both = `court_due = ${due},
    court_term = (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.code = 'COURT_PENDING' AND d.cancelled_at IS NULL)`;
  return `
  CREATE OR REPLACE FUNCTION date_court() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE cases c SET ${both} WHERE c.id = NEW.case_id AND c.court_id IS NOT NULL;
    RETURN NULL;
  END $$;
  CREATE OR REPLACE FUNCTION date_named_court() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE cases c SET ${both} WHERE c.id = NEW.id;
    RETURN NULL;
  END $$;
  CREATE OR REPLACE FUNCTION opened_case(which uuid, moment timestamptz) RETURNS TABLE (number text, state text, category text, district text, door text, language text,
    filed_at timestamptz, state_since timestamptz, contract_at timestamptz, term_ends_at timestamptz, closed_at timestamptz, court_id text, has_mediator boolean,
    due_at timestamptz, undelivered boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.number, c.state, c.category, c.district, c.door, c.language, c.filed_at, c.state_since, c.contract_at, c.term_ends_at, c.closed_at, c.court_id,
      c.mediator_id IS NOT NULL, ${due},
      EXISTS (SELECT 1 FROM notifications n WHERE n.case_id = c.id AND n.legal AND n.state = 'failed')
    FROM case_openings o JOIN cases c ON c.id = o.case_id
    WHERE o.id = which AND o.person_id = current_person() AND current_office() = 'administrator' AND o.ended_at IS NULL
      AND o.opened_at <= moment AND moment < o.until $$;`;
};

/** The dates of cases in which an objection waits now; the trigger reckons them anew. */
const again = `
  ALTER TABLE deadlines NO FORCE ROW LEVEL SECURITY;
  UPDATE deadlines SET due_at = due_at WHERE code = 'OBJECTION' AND fired_at IS NULL AND cancelled_at IS NULL;
  ALTER TABLE deadlines FORCE ROW LEVEL SECURITY;`;
