import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever says in the middle of a case that it is not safe to talk parts the sides by that: the rooms where they meet close at that moment
 * and open no more. It happens as when the mediator parts them; nothing tells which of the two it was, or who.
 */
export class PartedBySafety implements MigrationInterface {
  name = 'PartedBySafety1764000000074';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE FUNCTION part_for_safety(of_case uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF current_office() IS DISTINCT FROM 'citizen' OR NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = of_case AND p.person_id = current_person()) THEN RETURN false; END IF;
        DELETE FROM joint_requests q WHERE q.case_id = of_case;
        DELETE FROM joint_consents j WHERE j.case_id = of_case;
        PERFORM close_meeting_rooms(of_case, at);
        RETURN true;
      END $$;
      ALTER FUNCTION part_for_safety(uuid, timestamptz) OWNER TO cabinet_writer;
      GRANT EXECUTE ON FUNCTION part_for_safety(uuid, timestamptz) TO cabinet_app;
    `);
  }

  async down(db: QueryRunner) {
    await db.query('DROP FUNCTION part_for_safety(uuid, timestamptz)');
  }
}
