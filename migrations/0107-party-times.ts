import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the parties of a case say that they can, and when they are taken: so that "earliest hour" is one of them all. Days and hours alone, to who chooses. */
export class PartyTimes implements MigrationInterface {
  name = 'PartyTimes1764000000107';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE FUNCTION party_times(which uuid, since timestamptz, until timestamptz)
      RETURNS TABLE (zone text, unavailable jsonb, picks jsonb, busy jsonb)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT v.zone, v.unavailable, v.picks,
          (SELECT jsonb_agg(jsonb_build_array(extract(epoch FROM lower(b.during)), extract(epoch FROM upper(b.during)))) FROM bookings b
            WHERE b.subject_id = p.person_id AND b.cancelled_at IS NULL AND b.during && tstzrange(since, until))
        FROM parties p LEFT JOIN availabilities v ON v.person_id = p.person_id
        WHERE p.case_id = which AND p.person_id IS NOT NULL
          AND (current_office() = 'system' OR current_office() = 'coordinator' AND sees_case(which)) $$;
      ALTER FUNCTION party_times(uuid, timestamptz, timestamptz) OWNER TO cabinet_guard;
      GRANT EXECUTE ON FUNCTION party_times(uuid, timestamptz, timestamptz) TO cabinet_app, cabinet_worker;`);
  }

  async down(db: QueryRunner) {
    await db.query('DROP FUNCTION party_times(uuid, timestamptz, timestamptz)');
  }
}
