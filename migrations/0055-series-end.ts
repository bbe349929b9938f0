import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When mediation ends, a series that is called off is told as one thing: whose hours belong together is answered with them. */
export class SeriesEnd implements MigrationInterface {
  name = 'SeriesEnd1764000000055';

  async up(db: QueryRunner) {
    await db.query(callOff('meeting_id uuid, starts_at timestamptz, series_id uuid', 'm.id, lower(m.during), m.series_id'));
  }

  async down(db: QueryRunner) {
    await db.query(callOff('meeting_id uuid, starts_at timestamptz', 'm.id, lower(m.during)'));
  }
}

const signature = 'call_off_hours(uuid, uuid, timestamptz)';
const callOff = (columns: string, returned: string) => `
  DROP FUNCTION ${signature};
  CREATE FUNCTION call_off_hours(which uuid, by_person uuid, at timestamptz) RETURNS TABLE (${columns})
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  #variable_conflict use_column
  BEGIN
    IF EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND case_is_live(c.state)) THEN
      RAISE EXCEPTION 'mediation has not ended' USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE proposals p SET closed_at = at, outcome = 'withdrawn' WHERE p.case_id = which AND p.closed_at IS NULL;
    UPDATE bookings b SET cancelled_at = at WHERE b.case_id = which AND b.cancelled_at IS NULL AND lower(b.during) > at;
    RETURN QUERY UPDATE meetings m SET cancelled_at = at, cancelled_by = by_person, sequence = m.sequence + 1
      WHERE m.case_id = which AND m.cancelled_at IS NULL AND lower(m.during) > at RETURNING ${returned};
  END $$;
  ALTER FUNCTION ${signature} OWNER TO cabinet_writer;
  REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION ${signature} TO cabinet_app, cabinet_worker;
`;
