import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  [
    'consultations',
    'app_reads',
    'SELECT',
    'cabinet_app',
    `(asker_id = current_person() AND current_office() = 'citizen') OR (mediator_id = current_person() AND current_office() = 'mediator')`,
  ],
  ['consultations', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['consultations', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['consultations', 'worker_marks', 'UPDATE', 'cabinet_worker', 'true', 'true'],
];

const owned = [
  'is_on_duty(uuid, timestamptz)',
  'free_consultation_hours(timestamptz, integer, timestamptz)',
  'ask_consultation(uuid, uuid, text, text, text, tstzrange, timestamptz)',
  'take_consultation(uuid, timestamptz)',
  'waiting_consultations(timestamptz)',
  'offer_draft(uuid, bytea, timestamptz)',
  'answer_draft(uuid, uuid, timestamptz)',
  'end_consultation(uuid, text, timestamptz)',
  'consultation_totals(timestamptz, timestamptz)',
  'keep_consultation_hours()',
];

/**
 * A question asked of a duty mediator before, or instead of, an application: in a sealed room, now or at an hour of the roster. It belongs to
 * no case and is counted apart. One definer function per act judges by itself who asks; the desk gets numbers, never who asked what.
 */
export class Consultations implements MigrationInterface {
  name = 'Consultations1764000000064';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(`DROP FUNCTION open_consultation(uuid, uuid, uuid, timestamptz); DROP FUNCTION take_consultation(uuid, timestamptz);`);
    await db.query(asking);
    await db.query(ending);
    for (const policy of policies) await db.query(createPolicy(policy));
    for (const name of owned) await db.query(`ALTER FUNCTION ${name} OWNER TO cabinet_writer`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TRIGGER bookings_keep_consultations ON bookings;`);
    await db.query(owned.map((name) => `DROP FUNCTION ${name};`).join(' '));
    await db.query(`DROP TABLE consultations, duties; REVOKE SELECT (languages) ON mediators FROM cabinet_writer;`);
    await db.query(before);
  }
}

const tables = `
  -- Who answers questions when. Kept by the desk; that a mediator is on duty is no secret.
  CREATE TABLE duties (
    id uuid CONSTRAINT duties_pk PRIMARY KEY,
    mediator_id uuid NOT NULL CONSTRAINT duties_mediator REFERENCES mediators,
    during tstzrange NOT NULL CONSTRAINT duties_length CHECK (NOT isempty(during) AND upper(during) - lower(during) <= interval '12 hours'),
    kept_by uuid NOT NULL CONSTRAINT duties_keeper REFERENCES persons, kept_at timestamptz NOT NULL,
    CONSTRAINT duties_never_overlap EXCLUDE USING gist (mediator_id WITH =, during WITH &&)
  );
  CREATE INDEX duties_by_end ON duties (upper(during));
  CREATE TABLE consultations (
    id uuid CONSTRAINT consultations_pk PRIMARY KEY,
    room_id uuid NOT NULL CONSTRAINT consultations_one_room UNIQUE CONSTRAINT consultations_room REFERENCES rooms,
    asker_id uuid NOT NULL CONSTRAINT consultations_asker REFERENCES persons,
    mediator_id uuid CONSTRAINT consultations_mediator REFERENCES mediators,
    language text NOT NULL, category text NOT NULL,
    source text NOT NULL CONSTRAINT consultations_source CHECK (source IN ('start', 'triage', 'refusal')),
    hour tstzrange,
    asked_at timestamptz NOT NULL, taken_at timestamptz, ended_at timestamptz,
    outcome text CONSTRAINT consultations_outcome CHECK (outcome IN ('advice', 'draft', 'nothing', 'withdrawn', 'expired')),
    -- An application that the mediator offers to carry over, sealed with the room's key; and the draft it became (a draft may be deleted later).
    draft_sealed bytea, draft_case_id uuid,
    called uuid[] NOT NULL DEFAULT '{}', desk_told_at timestamptz, reminded_at timestamptz, shredded_at timestamptz,
    CONSTRAINT consultations_end_has_an_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT consultations_taken_by_somebody CHECK (taken_at IS NULL OR mediator_id IS NOT NULL),
    CONSTRAINT consultations_draft_is_named CHECK ((outcome IS NOT DISTINCT FROM 'draft') = (draft_case_id IS NOT NULL)),
    CONSTRAINT consultations_of_two CHECK (asker_id IS DISTINCT FROM mediator_id),
    CONSTRAINT consultations_hours_never_overlap EXCLUDE USING gist (mediator_id WITH =, hour WITH &&) WHERE (hour IS NOT NULL AND ended_at IS NULL)
  );
  CREATE UNIQUE INDEX consultations_one_open ON consultations (asker_id) WHERE ended_at IS NULL;
  CREATE INDEX consultations_by_asker ON consultations (asker_id, asked_at);
  CREATE INDEX consultations_by_mediator ON consultations (mediator_id) WHERE mediator_id IS NOT NULL;
  CREATE INDEX consultations_by_day ON consultations (asked_at);
  ALTER TABLE consultations ENABLE ROW LEVEL SECURITY; ALTER TABLE consultations FORCE ROW LEVEL SECURITY;
  GRANT SELECT ON consultations TO cabinet_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON duties TO cabinet_app;
  GRANT SELECT ON duties TO cabinet_writer, cabinet_worker;
  GRANT SELECT, INSERT, UPDATE ON consultations TO cabinet_writer;
  GRANT SELECT (id, room_id, asker_id, mediator_id, language, hour, asked_at, taken_at, ended_at, called, desk_told_at, reminded_at, shredded_at),
    UPDATE (called, desk_told_at, reminded_at, shredded_at) ON consultations TO cabinet_worker;
  GRANT SELECT (languages) ON mediators TO cabinet_writer;
`;

const asking = `
  CREATE FUNCTION is_on_duty(who uuid, at timestamptz) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM duties d JOIN mediators m ON m.person_id = d.mediator_id WHERE d.mediator_id = who AND d.during @> at AND m.status = 'active') $$;
  -- Beginnings of hours in which somebody on duty is free: of no mediator by name.
  CREATE FUNCTION free_consultation_hours(at timestamptz, minutes integer, until timestamptz) RETURNS TABLE (starts_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT s FROM duties d JOIN mediators m ON m.person_id = d.mediator_id AND m.status = 'active',
      generate_series(lower(d.during), upper(d.during) - make_interval(mins => minutes), make_interval(mins => minutes)) s
    WHERE upper(d.during) > at AND s > at AND s < until AND d.mediator_id IS DISTINCT FROM current_person()
      AND NOT EXISTS (SELECT 1 FROM consultations c WHERE c.mediator_id = d.mediator_id AND c.ended_at IS NULL AND c.hour && tstzrange(s, s + make_interval(mins => minutes)))
      AND NOT EXISTS (SELECT 1 FROM bookings b WHERE b.subject_id = d.mediator_id AND b.cancelled_at IS NULL AND b.during && tstzrange(s, s + make_interval(mins => minutes)))
    ORDER BY s LIMIT 60 $$;
  -- 'asked', or why not: one at a time, five a day; a wished hour has to lie in the roster of somebody who is free. The mediators' rows are locked by who calls.
  CREATE FUNCTION ask_consultation(which uuid, room uuid, tongue text, about text, via text, wanted tstzrange, at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE chosen uuid;
  BEGIN
    IF current_office() <> 'citizen' OR current_person() IS NULL THEN RETURN 'not_found'; END IF;
    IF EXISTS (SELECT 1 FROM consultations c WHERE c.asker_id = current_person() AND c.ended_at IS NULL) THEN RETURN 'conflict'; END IF;
    IF (SELECT count(*) FROM consultations c WHERE c.asker_id = current_person() AND c.asked_at > at - interval '1 day') >= 5 THEN RETURN 'too_many_attempts'; END IF;
    IF wanted IS NOT NULL THEN
      SELECT d.mediator_id INTO chosen FROM duties d JOIN mediators m ON m.person_id = d.mediator_id AND m.status = 'active'
        WHERE d.during @> wanted AND lower(wanted) > at AND d.mediator_id <> current_person()
          AND NOT EXISTS (SELECT 1 FROM consultations c WHERE c.mediator_id = d.mediator_id AND c.ended_at IS NULL AND c.hour && wanted)
          AND NOT EXISTS (SELECT 1 FROM bookings b WHERE b.subject_id = d.mediator_id AND b.cancelled_at IS NULL AND b.during && wanted)
        ORDER BY tongue = ANY (m.languages) DESC, d.mediator_id LIMIT 1;
      IF chosen IS NULL THEN RETURN 'meeting.hour_not_free'; END IF;
    END IF;
    INSERT INTO rooms (id, kind, opened_at) VALUES (room, 'consultation', at);
    INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (room, current_person(), 'asker', at);
    INSERT INTO consultations (id, room_id, asker_id, mediator_id, language, category, source, hour, asked_at, taken_at)
      VALUES (which, room, current_person(), chosen, tongue, about, via, wanted, at, CASE WHEN chosen IS NOT NULL THEN at END);
    IF chosen IS NOT NULL THEN INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (room, chosen, 'mediator', at); END IF;
    RETURN 'asked';
  END $$;
  -- The first mediator on duty who takes it has it; to the next one, and to anybody else, it is not there.
  CREATE FUNCTION take_consultation(which uuid, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found consultations%ROWTYPE;
  BEGIN
    IF current_office() <> 'mediator' OR NOT is_on_duty(current_person(), at) THEN RETURN false; END IF;
    SELECT * INTO found FROM consultations c WHERE c.id = which FOR UPDATE;
    IF found.id IS NULL OR found.ended_at IS NOT NULL OR found.mediator_id IS NOT NULL OR found.asker_id = current_person() THEN RETURN false; END IF;
    UPDATE consultations c SET mediator_id = current_person(), taken_at = at WHERE c.id = which;
    INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (found.room_id, current_person(), 'mediator', at);
    RETURN true;
  END $$;
  CREATE FUNCTION waiting_consultations(at timestamptz) RETURNS TABLE (id uuid, language text, category text, asked_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.id, c.language, c.category, c.asked_at FROM consultations c
    WHERE current_office() = 'mediator' AND is_on_duty(current_person(), at) AND c.mediator_id IS NULL AND c.ended_at IS NULL AND c.asker_id <> current_person()
    ORDER BY c.asked_at, c.id $$;
  -- No meeting over an hour that was promised to somebody. Both lock the mediator's row first.
  CREATE FUNCTION keep_consultation_hours() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF NEW.subject_kind = 'mediator' AND NEW.cancelled_at IS NULL AND EXISTS (SELECT 1 FROM consultations c
        WHERE c.mediator_id = NEW.subject_id AND c.ended_at IS NULL AND c.hour && NEW.during) THEN
      RAISE EXCEPTION 'hour not free' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'bookings_never_overlap';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER bookings_keep_consultations BEFORE INSERT OR UPDATE OF during ON bookings FOR EACH ROW EXECUTE FUNCTION keep_consultation_hours();
  GRANT EXECUTE ON FUNCTION is_on_duty(uuid, timestamptz) TO cabinet_app, cabinet_worker;
  GRANT EXECUTE ON FUNCTION free_consultation_hours(timestamptz, integer, timestamptz), ask_consultation(uuid, uuid, text, text, text, tstzrange, timestamptz),
    take_consultation(uuid, timestamptz), waiting_consultations(timestamptz) TO cabinet_app;
`;

const ending = `
  CREATE FUNCTION offer_draft(which uuid, sealed bytea, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE consultations c SET draft_sealed = sealed
      WHERE c.id = which AND c.mediator_id = current_person() AND current_office() = 'mediator' AND c.ended_at IS NULL AND c.taken_at <= at;
    RETURN FOUND;
  END $$;
  CREATE FUNCTION end_consultation(which uuid, how text, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found uuid;
  BEGIN
    UPDATE consultations c SET ended_at = at, outcome = how, draft_sealed = NULL
      WHERE c.id = which AND c.ended_at IS NULL AND CASE current_office()
        WHEN 'mediator' THEN c.mediator_id = current_person() AND how IN ('advice', 'nothing')
        WHEN 'citizen' THEN c.asker_id = current_person() AND how = 'withdrawn'
        WHEN 'system' THEN how IN ('expired', 'nothing')
        ELSE false END
      RETURNING c.room_id INTO found;
    IF found IS NULL THEN RETURN false; END IF;
    UPDATE rooms r SET state = 'read_only', closed_at = at, closed_by = current_person() WHERE r.id = found;
    RETURN true;
  END $$;
  -- Who asked agrees that the words become a draft of his own, or not. Agreed, the consultation has ended with it.
  CREATE FUNCTION answer_draft(which uuid, made uuid, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found uuid;
  BEGIN
    UPDATE consultations c SET draft_sealed = NULL, draft_case_id = made, outcome = CASE WHEN made IS NOT NULL THEN 'draft' END,
        ended_at = CASE WHEN made IS NOT NULL THEN at END
      WHERE c.id = which AND c.asker_id = current_person() AND current_office() = 'citizen' AND c.ended_at IS NULL AND c.draft_sealed IS NOT NULL
      RETURNING c.room_id INTO found;
    IF found IS NULL THEN RETURN false; END IF;
    IF made IS NOT NULL THEN UPDATE rooms r SET state = 'read_only', closed_at = at, closed_by = current_person() WHERE r.id = found; END IF;
    RETURN true;
  END $$;
  -- For the desk: how many, never whose.
  CREATE FUNCTION consultation_totals(since timestamptz, until timestamptz)
  RETURNS TABLE (asked bigint, waiting bigint, open bigint, advice bigint, draft bigint, nothing bigint, withdrawn bigint, expired bigint, oldest_waiting timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FILTER (WHERE c.asked_at >= since AND c.asked_at < until),
      count(*) FILTER (WHERE c.ended_at IS NULL AND c.mediator_id IS NULL), count(*) FILTER (WHERE c.ended_at IS NULL AND c.mediator_id IS NOT NULL),
      count(*) FILTER (WHERE c.outcome = 'advice' AND c.ended_at >= since AND c.ended_at < until),
      count(*) FILTER (WHERE c.outcome = 'draft' AND c.ended_at >= since AND c.ended_at < until),
      count(*) FILTER (WHERE c.outcome = 'nothing' AND c.ended_at >= since AND c.ended_at < until),
      count(*) FILTER (WHERE c.outcome = 'withdrawn' AND c.ended_at >= since AND c.ended_at < until),
      count(*) FILTER (WHERE c.outcome = 'expired' AND c.ended_at >= since AND c.ended_at < until),
      min(c.asked_at) FILTER (WHERE c.ended_at IS NULL AND c.mediator_id IS NULL)
    FROM consultations c WHERE current_office() = 'coordinator' $$;
  GRANT EXECUTE ON FUNCTION offer_draft(uuid, bytea, timestamptz), answer_draft(uuid, uuid, timestamptz), consultation_totals(timestamptz, timestamptz) TO cabinet_app;
  GRANT EXECUTE ON FUNCTION end_consultation(uuid, text, timestamptz) TO cabinet_app, cabinet_worker;
`;

/** As 0025 made them. */
const before = `
  CREATE FUNCTION open_consultation(room uuid, asker uuid, mediator uuid, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF NOT (current_office() = 'citizen' AND current_person() = asker OR current_office() = 'mediator' AND current_person() IS NOT DISTINCT FROM mediator)
       OR asker IS NOT DISTINCT FROM mediator THEN RETURN false; END IF;
    INSERT INTO rooms (id, kind, opened_at) VALUES (room, 'consultation', at);
    INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (room, asker, 'asker', at);
    IF mediator IS NOT NULL THEN
      INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (room, mediator, 'mediator', at);
    END IF;
    RETURN true;
  END $$;
  CREATE FUNCTION take_consultation(room uuid, at timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    PERFORM 1 FROM rooms r WHERE r.id = room AND r.kind = 'consultation' AND r.closed_at IS NULL FOR UPDATE;
    IF NOT FOUND OR current_office() <> 'mediator' OR is_member(room, current_person())
       OR EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room AND m.capacity = 'mediator' AND m.left_at IS NULL) THEN RETURN false; END IF;
    INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES (room, current_person(), 'mediator', at);
    RETURN true;
  END $$;
  GRANT EXECUTE ON FUNCTION open_consultation(uuid, uuid, uuid, timestamptz), take_consultation(uuid, timestamptz) TO cabinet_app;
  ALTER FUNCTION open_consultation(uuid, uuid, uuid, timestamptz) OWNER TO cabinet_writer;
  ALTER FUNCTION take_consultation(uuid, timestamptz) OWNER TO cabinet_writer;
`;
