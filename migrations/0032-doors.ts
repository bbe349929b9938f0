import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const ownCourt = `current_office() = 'court' AND court_id = current_court()`;

export const policies: Policy[] = [
  ['referrals', 'court_and_case', 'SELECT', 'cabinet_app', `(${ownCourt}) OR sees_case(case_id)`],
  ['referrals', 'court_refers', 'INSERT', 'cabinet_app', null, `${ownCourt} AND referred_by = current_person()`],
];

/**
 * A case comes in through a door: its applicant's, the desk's, a court's. Whoever writes it down for others does so as an office, and
 * sees it as that office alone: an operator's or a clerk's own citizen account sees nothing of it.
 */
export class Doors implements MigrationInterface {
  name = 'Doors1764000000032';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE referrals (
        case_id uuid CONSTRAINT referrals_pk PRIMARY KEY CONSTRAINT referrals_case REFERENCES cases,
        court_id text NOT NULL CONSTRAINT referrals_court REFERENCES courts,
        case_number text NOT NULL, case_number_typed text NOT NULL, judge text,
        ruling_on date NOT NULL, term_days integer NOT NULL CONSTRAINT referrals_term CHECK (term_days BETWEEN 1 AND 365),
        referred_by uuid NOT NULL CONSTRAINT referrals_by REFERENCES persons, referred_at timestamptz NOT NULL
      );
      ALTER TABLE referrals ENABLE ROW LEVEL SECURITY;
      ALTER TABLE referrals FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT ON referrals TO cabinet_app;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(
      questions(
        `(c.door = 'self' AND c.created_by = current_person())`,
        `WHEN 'court' THEN c.door = 'court' AND c.state IN ('DRAFT', 'SUBMITTED')
        AND c.created_by = current_person() AND c.court_id = current_court()`,
      ),
    );
  }

  async down(db: QueryRunner) {
    await db.query(questions('c.created_by = current_person()', ''));
    await db.query('DROP TABLE referrals');
  }
}

/** The questions of 0009, with who counts as the applicant, and a court's own referral until the desk has read it. */
const questions = (applicant: string, court: string) => `
  CREATE OR REPLACE FUNCTION sees_case(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND CASE current_office()
      WHEN 'citizen' THEN ${applicant} OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      WHEN 'mediator' THEN c.mediator_id = current_person() OR EXISTS (SELECT 1 FROM offers o WHERE o.case_id = c.id AND o.mediator_id = current_person() AND o.answered_at IS NULL)
      WHEN 'coordinator' THEN (c.state <> 'DRAFT' OR c.created_by = current_person())
        AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      ${court}
      ELSE false END)
    OR EXISTS (SELECT 1 FROM invitations i WHERE i.id = current_invitation() AND i.case_id = which) $$;
  CREATE OR REPLACE FUNCTION reads_application(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND CASE current_office()
      WHEN 'citizen' THEN ${applicant} OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person() AND p.side = 'A')
      WHEN 'mediator' THEN c.mediator_id = current_person()
      WHEN 'coordinator' THEN (c.state IN ('SUBMITTED', 'RETURNED', 'REFUSED_SCOPE', 'INVITED', 'DECLINED', 'NO_RESPONSE', 'CONSENTED', 'MEDIATOR_OFFERED')
        OR (c.state = 'DRAFT' AND c.created_by = current_person()))
        AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      ELSE false END) $$;
`;
