import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An hour that a mediator on duty promised to somebody is taken for both, and the finder of common hours proposes no meeting over it. */
export class PromisedHours implements MigrationInterface {
  name = 'PromisedHours1764000000079';

  async up(db: QueryRunner) {
    await db.query(`
      -- Whose hour it is and when, of a consultation no other word: asked by \`calendars_of\` alone, which judges who asks.
      CREATE FUNCTION promised_hours(people uuid[], since timestamptz, until timestamptz) RETURNS TABLE (subject_id uuid, starts_at timestamptz, ends_at timestamptz)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT who, lower(c.hour), upper(c.hour) FROM consultations c CROSS JOIN LATERAL unnest(ARRAY[c.mediator_id, c.asker_id]) AS who
        WHERE who = ANY (people) AND c.mediator_id IS NOT NULL AND c.ended_at IS NULL AND c.hour && tstzrange(since, until) $$;
      ALTER FUNCTION promised_hours(uuid[], timestamptz, timestamptz) OWNER TO cabinet_writer;
      REVOKE EXECUTE ON FUNCTION promised_hours(uuid[], timestamptz, timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION promised_hours(uuid[], timestamptz, timestamptz) TO cabinet_guard;`);
    await db.query(
      calendars(`UNION ALL SELECT h.subject_id, 'meeting', h.starts_at, h.ends_at
      FROM promised_hours(ARRAY(SELECT id FROM people), since, until) h`),
    );
  }

  async down(db: QueryRunner) {
    await db.query(calendars(''));
    await db.query('DROP FUNCTION promised_hours(uuid[], timestamptz, timestamptz)');
  }
}

/** The calendars of 0040, with what else takes an hour. */
const calendars = (more: string) => `
  CREATE OR REPLACE FUNCTION calendars_of(which uuid, since timestamptz, until timestamptz, besides uuid)
  RETURNS TABLE (subject_id uuid, kind text, starts_at timestamptz, ends_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH allowed AS (SELECT c.id, c.mediator_id FROM cases c WHERE c.id = which
      AND (is_participant(which) OR (current_office() = 'coordinator' AND sees_case(which)))),
    people AS (SELECT mediator_id AS id FROM allowed WHERE mediator_id IS NOT NULL
      UNION SELECT p.person_id FROM parties p JOIN allowed a ON a.id = p.case_id WHERE p.person_id IS NOT NULL
      UNION SELECT r.id FROM resources r, allowed WHERE NOT r.closed)
    SELECT b.subject_id, 'meeting', lower(b.during), upper(b.during) FROM bookings b JOIN people ON people.id = b.subject_id
      WHERE b.cancelled_at IS NULL AND b.during && tstzrange(since, until) AND b.meeting_id IS DISTINCT FROM besides
    UNION ALL SELECT e.person_id, CASE WHEN e.open THEN 'open' ELSE 'absence' END, lower(e.during), upper(e.during)
      FROM hour_exceptions e JOIN allowed a ON a.mediator_id = e.person_id WHERE e.during && tstzrange(since, until)
    UNION ALL SELECT o.person_id, 'outside', lower(o.during), upper(o.during)
      FROM outside_busy o JOIN allowed a ON a.mediator_id = o.person_id WHERE o.during && tstzrange(since, until)
    ${more} $$;
`;
