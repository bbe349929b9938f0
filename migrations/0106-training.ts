import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/** Whoever says as what he asks, a visitor too. */
const anybody = `current_office() <> ''`;
const asDesk = `current_office() = 'coordinator'`;
const ownOrDesk = `current_office() = 'mediator' AND person_id = current_person() OR ${asDesk}`;
export const policies: Policy[] = [
  // Trainings are announced to everybody; who comes is between him and the desk.
  ['trainings', 'anyone_reads', 'SELECT', 'cabinet_app', anybody],
  ['trainings', 'desk_plans', 'INSERT', 'cabinet_app', null, asDesk],
  ['trainings', 'desk_changes', 'UPDATE', 'cabinet_app', asDesk, asDesk],
  ['trainings', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['trainings', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['trainings', 'worker_reminds', 'UPDATE', 'cabinet_worker', 'true', 'true'],
  ['training_days', 'anyone_reads', 'SELECT', 'cabinet_app', anybody],
  ['training_days', 'desk_plans', 'INSERT', 'cabinet_app', null, asDesk],
  ['training_days', 'writer_reads', 'SELECT', 'cabinet_writer', 'true'],
  ['training_days', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['enrolments', 'own_and_desk', 'SELECT', 'cabinet_app', ownOrDesk],
  ['enrolments', 'desk_marks', 'UPDATE', 'cabinet_app', asDesk, asDesk],
  ['enrolments', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['enrolments', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['training_certificates', 'own_and_desk', 'SELECT', 'cabinet_app', ownOrDesk],
  ['training_certificates', 'desk_issues', 'INSERT', 'cabinet_app', null, asDesk],
];

/** Courses of mediators: when and where, who has a seat, who was there, and what he was given. A seat is given by one function, which holds the training's row. */
export class Training implements MigrationInterface {
  name = 'Training1764000000106';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(functions);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(`ALTER FUNCTION enrol_in_training(uuid, timestamptz) OWNER TO cabinet_writer;
      ALTER FUNCTION leave_training(uuid, timestamptz) OWNER TO cabinet_writer;`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION enrol_in_training(uuid, timestamptz); DROP FUNCTION leave_training(uuid, timestamptz);
      DROP TABLE training_certificates, enrolments, training_days, trainings;`);
  }
}

const tables = `
  CREATE TABLE trainings (
    id uuid CONSTRAINT trainings_pk PRIMARY KEY,
    course text NOT NULL CONSTRAINT trainings_course CHECK (course IN ('general', 'specialised', 'upgrade', 'trainer')),
    -- A category of disputes: a specialised course is of one.
    field text, language text NOT NULL CONSTRAINT trainings_language CHECK (language IN ('kk', 'ru', 'en')),
    place text NOT NULL, hours integer NOT NULL CONSTRAINT trainings_hours CHECK (hours > 0),
    seats integer NOT NULL, taken integer NOT NULL DEFAULT 0,
    enrol_until timestamptz NOT NULL,
    planned_by uuid NOT NULL CONSTRAINT trainings_by REFERENCES persons, planned_at timestamptz NOT NULL,
    cancelled_at timestamptz, reminded_at timestamptz,
    CONSTRAINT trainings_field_of_specialised CHECK ((field IS NOT NULL) = (course = 'specialised')),
    CONSTRAINT trainings_seats CHECK (seats BETWEEN 1 AND 500),
    -- Whatever the function does: never more people than seats.
    CONSTRAINT trainings_not_overfull CHECK (taken BETWEEN 0 AND seats)
  );
  CREATE TABLE training_days (
    training_id uuid NOT NULL CONSTRAINT training_days_of REFERENCES trainings,
    day smallint NOT NULL, during tstzrange NOT NULL,
    CONSTRAINT training_days_pk PRIMARY KEY (training_id, day),
    CONSTRAINT training_days_some_time CHECK (NOT isempty(during) AND lower(during) IS NOT NULL AND upper(during) IS NOT NULL),
    CONSTRAINT training_days_apart EXCLUDE USING gist (training_id WITH =, during WITH &&)
  );
  CREATE TABLE enrolments (
    training_id uuid NOT NULL CONSTRAINT enrolments_in REFERENCES trainings,
    person_id uuid NOT NULL CONSTRAINT enrolments_person REFERENCES mediators,
    place text NOT NULL CONSTRAINT enrolments_place CHECK (place IN ('seat', 'waiting', 'left')),
    enrolled_at timestamptz NOT NULL, changed_at timestamptz NOT NULL,
    -- Numbers of the days on which he was there.
    attended smallint[] NOT NULL DEFAULT '{}',
    CONSTRAINT enrolments_pk PRIMARY KEY (training_id, person_id),
    CONSTRAINT enrolments_seat_attends CHECK (place = 'seat' OR attended = '{}')
  );
  CREATE INDEX enrolments_of_person ON enrolments (person_id);
  CREATE TABLE training_certificates (
    id uuid CONSTRAINT training_certificates_pk PRIMARY KEY,
    number text NOT NULL CONSTRAINT training_certificates_number UNIQUE,
    training_id uuid NOT NULL, person_id uuid NOT NULL,
    course text NOT NULL, field text, valid daterange NOT NULL,
    issued_by uuid NOT NULL CONSTRAINT training_certificates_by REFERENCES persons, issued_at timestamptz NOT NULL,
    CONSTRAINT training_certificates_of FOREIGN KEY (training_id, person_id) REFERENCES enrolments,
    CONSTRAINT training_certificates_once UNIQUE (training_id, person_id),
    CONSTRAINT training_certificates_some_time CHECK (NOT isempty(valid)),
    CONSTRAINT training_certificates_apart
      EXCLUDE USING gist (person_id WITH =, course WITH =, (coalesce(field, '')) WITH =, valid WITH &&)
  );
  ALTER TABLE trainings ENABLE ROW LEVEL SECURITY; ALTER TABLE trainings FORCE ROW LEVEL SECURITY;
  ALTER TABLE training_days ENABLE ROW LEVEL SECURITY; ALTER TABLE training_days FORCE ROW LEVEL SECURITY;
  ALTER TABLE enrolments ENABLE ROW LEVEL SECURITY; ALTER TABLE enrolments FORCE ROW LEVEL SECURITY;
  ALTER TABLE training_certificates ENABLE ROW LEVEL SECURITY; ALTER TABLE training_certificates FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT, UPDATE (cancelled_at) ON trainings TO cabinet_app;
  GRANT SELECT, INSERT ON training_days TO cabinet_app;
  GRANT SELECT, UPDATE (attended) ON enrolments TO cabinet_app;
  GRANT SELECT, INSERT ON training_certificates TO cabinet_app;
  GRANT SELECT, UPDATE (taken) ON trainings TO cabinet_writer;
  GRANT SELECT ON training_days TO cabinet_writer;
  GRANT SELECT, INSERT, UPDATE ON enrolments TO cabinet_writer;
  GRANT SELECT, UPDATE (reminded_at) ON trainings TO cabinet_worker;
  GRANT SELECT ON training_days, enrolments TO cabinet_worker;
`;

const functions = `
  -- 'seat' or 'waiting', the same when asked again; 'closed' after its time or when it is called off; null where there is none.
  CREATE FUNCTION enrol_in_training(which uuid, at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found trainings%ROWTYPE; known text; given text;
  BEGIN
    IF current_office() IS DISTINCT FROM 'mediator' THEN RETURN NULL; END IF;
    SELECT * INTO found FROM trainings t WHERE t.id = which FOR UPDATE;
    IF found.id IS NULL THEN RETURN NULL; END IF;
    SELECT e.place INTO known FROM enrolments e WHERE e.training_id = which AND e.person_id = current_person();
    IF known IN ('seat', 'waiting') THEN RETURN known; END IF;
    IF found.cancelled_at IS NOT NULL OR at > found.enrol_until THEN RETURN 'closed'; END IF;
    given := CASE WHEN found.taken < found.seats THEN 'seat' ELSE 'waiting' END;
    INSERT INTO enrolments (training_id, person_id, place, enrolled_at, changed_at) VALUES (which, current_person(), given, at, at)
      ON CONFLICT (training_id, person_id) DO UPDATE SET place = given, enrolled_at = at, changed_at = at;
    IF given = 'seat' THEN UPDATE trainings t SET taken = t.taken + 1 WHERE t.id = which; END IF;
    RETURN given;
  END $$;
  -- Whoever has waited longest takes the seat that comes free, in the same transaction; he is named, so that he can be told.
  CREATE FUNCTION leave_training(which uuid, at timestamptz) RETURNS TABLE (result text, moved_up uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found trainings%ROWTYPE; known text; next uuid;
  BEGIN
    IF current_office() IS DISTINCT FROM 'mediator' THEN RETURN; END IF;
    SELECT * INTO found FROM trainings t WHERE t.id = which FOR UPDATE;
    SELECT e.place INTO known FROM enrolments e WHERE e.training_id = which AND e.person_id = current_person();
    IF found.id IS NULL OR known IS NULL THEN RETURN; END IF;
    IF known = 'left' THEN RETURN QUERY SELECT 'left', NULL::uuid; RETURN; END IF;
    IF found.cancelled_at IS NOT NULL OR EXISTS (SELECT 1 FROM training_days d WHERE d.training_id = which AND lower(d.during) <= at) THEN
      RETURN QUERY SELECT 'closed', NULL::uuid; RETURN;
    END IF;
    UPDATE enrolments e SET place = 'left', changed_at = at WHERE e.training_id = which AND e.person_id = current_person();
    IF known = 'seat' THEN
      UPDATE enrolments e SET place = 'seat', changed_at = at WHERE e.training_id = which AND e.person_id = (SELECT w.person_id FROM enrolments w
        WHERE w.training_id = which AND w.place = 'waiting' ORDER BY w.enrolled_at, w.person_id LIMIT 1) RETURNING e.person_id INTO next;
      IF next IS NULL THEN UPDATE trainings t SET taken = t.taken - 1 WHERE t.id = which; END IF;
    END IF;
    RETURN QUERY SELECT 'done', next;
  END $$;
  GRANT EXECUTE ON FUNCTION enrol_in_training(uuid, timestamptz), leave_training(uuid, timestamptz) TO cabinet_app;
`;
