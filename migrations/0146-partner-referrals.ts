import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';
import { rewrite } from './rewriting.js';

export const policies: Policy[] = [
  ['partner_referrals', 'desk_reads', 'SELECT', 'cabinet_app', `current_office() = 'coordinator'`],
  ['partner_referrals', 'desk_notes', 'INSERT', 'cabinet_app', null, `current_office() = 'coordinator' AND noted_by = current_person()`],
  ['partner_referrals', 'guard_counts', 'SELECT', 'cabinet_guard', 'true'],
];

/**
 * Who sent people to the House, where it was a partner that is no court: the desk notes it of a case, once. The partner learns nothing of the
 * case; the council reads the number of each memorandum as it reads a court's, by fives.
 */
export class PartnerReferrals implements MigrationInterface {
  name = 'PartnerReferrals1764000000146';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE partner_referrals (
        case_id uuid CONSTRAINT partner_referrals_pk PRIMARY KEY CONSTRAINT partner_referrals_case REFERENCES cases,
        memorandum_id uuid NOT NULL CONSTRAINT partner_referrals_memorandum REFERENCES memoranda,
        noted_by uuid NOT NULL CONSTRAINT partner_referrals_noter REFERENCES persons, noted_at timestamptz NOT NULL
      );
      CREATE INDEX partner_referrals_of ON partner_referrals (memorandum_id);
      CREATE TRIGGER partner_referrals_stand BEFORE UPDATE OR DELETE ON partner_referrals FOR EACH ROW EXECUTE FUNCTION refuse_change();
      ALTER TABLE partner_referrals ENABLE ROW LEVEL SECURITY; ALTER TABLE partner_referrals FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT ON partner_referrals TO cabinet_app;
      GRANT SELECT ON partner_referrals TO cabinet_guard;`);
    for (const policy of policies) await db.query(createPolicy(policy));
    await rewrite(db, 'memorandum_counts', courts, all);
  }

  async down(db: QueryRunner) {
    await rewrite(db, 'memorandum_counts', all, courts);
    await db.query('DROP TABLE partner_referrals');
  }
}

const courts = 'count(r.case_id)';
const all = `(count(r.case_id) + (SELECT count(*) FROM partner_referrals p WHERE p.memorandum_id = m.id))`;
