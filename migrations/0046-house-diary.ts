import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the desk sees of the hours: when which mediator meets in which way and which room, and never in which case. */
export class HouseDiary implements MigrationInterface {
  name = 'HouseDiary1764000000046';

  async up(db: QueryRunner) {
    await db.query(`
      -- An office is not held in one's own dispute: the desk's own meetings are not in its diary.
      CREATE FUNCTION house_diary(since timestamptz, until timestamptz)
      RETURNS TABLE (meeting_id uuid, mediator_id uuid, mode text, place text, starts_at timestamptz, ends_at timestamptz)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT m.id, c.mediator_id, m.mode, r.name, lower(m.during), upper(m.during)
        FROM meetings m JOIN cases c ON c.id = m.case_id LEFT JOIN resources r ON r.id = m.place_id
        WHERE current_office() = 'coordinator' AND m.cancelled_at IS NULL AND lower(m.during) >= since AND lower(m.during) < until
          AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = m.case_id AND p.person_id = current_person())
        ORDER BY lower(m.during), m.id $$;
      ALTER FUNCTION house_diary(timestamptz, timestamptz) OWNER TO cabinet_guard;
      REVOKE ALL ON FUNCTION house_diary(timestamptz, timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION house_diary(timestamptz, timestamptz) TO cabinet_app;
    `);
  }

  async down(db: QueryRunner) {
    await db.query('DROP FUNCTION house_diary(timestamptz, timestamptz)');
  }
}
