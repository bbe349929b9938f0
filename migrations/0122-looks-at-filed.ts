import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A draft is nobody's case yet: that its operator opened it is told to nobody, and a note of it would keep the draft from being destroyed (0070). */
export class LooksAtFiled implements MigrationInterface {
  name = 'LooksAtFiled1764000000122';

  async up(db: QueryRunner) {
    await db.query(noting(`sees_case(which) AND EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND c.state <> 'DRAFT')`));
  }

  async down(db: QueryRunner) {
    await db.query(noting('sees_case(which)'));
  }
}

const noting = (atDesk: string) => `
  CREATE OR REPLACE FUNCTION note_look(which uuid, what text, of_side text, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    as_what text := CASE current_office()
      WHEN 'coordinator' THEN CASE WHEN ${atDesk} THEN 'coordinator' END
      WHEN 'court' THEN (SELECT 'court' FROM cases c WHERE c.id = which AND c.court_id = current_court() AND c.court_board IS NOT NULL)
      WHEN 'mediator' THEN CASE WHEN EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND c.mediator_id = current_person()) THEN 'mediator'
        WHEN co_mediates(which) THEN 'co_mediator' WHEN sees_case(which) THEN 'offered' END END;
  BEGIN
    IF as_what IS NULL OR current_person() IS NULL THEN RETURN false; END IF;
    IF current_office() = 'mediator' AND EXISTS (SELECT 1 FROM case_looks l WHERE l.case_id = which AND l.person_id = current_person()
      AND l.capacity = as_what AND l.what = note_look.what AND l.side IS NOT DISTINCT FROM of_side) THEN RETURN true; END IF;
    INSERT INTO case_looks (case_id, person_id, capacity, what, side, court_id, hour)
      VALUES (which, current_person(), as_what, note_look.what, of_side, CASE as_what WHEN 'court' THEN current_court() END, date_trunc('hour', at))
      ON CONFLICT DO NOTHING;
    RETURN true;
  END $$;`;
