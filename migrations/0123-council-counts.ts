import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the council reads of a partner's referrals: none below five, and above it by fives, so that today's number less yesterday's is no
 * single case (design: cells under five are hidden, also by difference). The desk, which sees the cases, counts them.
 */
export class CouncilCounts implements MigrationInterface {
  name = 'CouncilCounts1764000000123';

  async up(db: QueryRunner) {
    await db.query(counts(`CASE WHEN current_office() = 'coordinator' THEN count(r.case_id) ELSE nullif(count(r.case_id) / 5 * 5, 0) END`));
  }

  async down(db: QueryRunner) {
    await db.query(counts('count(r.case_id)'));
  }
}

const counts = (told: string) => `
  CREATE OR REPLACE FUNCTION memorandum_counts() RETURNS TABLE (memorandum uuid, referred bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.id, ${told} FROM memoranda m LEFT JOIN referrals r ON r.court_id = m.court_id
      AND (r.referred_at AT TIME ZONE 'Asia/Almaty')::date BETWEEN m.since AND least(coalesce(m.until, '9999-12-31'), coalesce(m.ended_on - 1, '9999-12-31'))
    WHERE current_office() IN ('council', 'coordinator') GROUP BY m.id $$;`;
