import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/** On the mediator's side of the desk, on one's own side of it, or oneself: never the other side. */
const ownSide = `is_participant(case_id) AND (person_id = current_person() OR current_office() = 'mediator' OR is_near(case_id, person_id))`;
const own = 'person_id = current_person() AND is_participant(case_id)';
const ownOrMediator = `is_participant(case_id) AND (person_id = current_person() OR current_office() = 'mediator')`;
const mediator = `is_participant(case_id) AND current_office() = 'mediator'`;

export const policies: Policy[] = [
  ['meeting_courses', 'participants', 'SELECT', 'cabinet_app', 'is_participant(case_id)'],
  ['meeting_courses', 'mediator_opens', 'INSERT', 'cabinet_app', null, mediator],
  ['meeting_courses', 'mediator_steers', 'UPDATE', 'cabinet_app', mediator, mediator],
  ['attendances', 'own_side', 'SELECT', 'cabinet_app', ownSide],
  ['attendances', 'own_and_mediator', 'INSERT', 'cabinet_app', null, ownOrMediator],
  ['attendances', 'own_and_mediator_change', 'UPDATE', 'cabinet_app', ownOrMediator, ownOrMediator],
  ['absences', 'own_side', 'SELECT', 'cabinet_app', ownSide],
  ['absences', 'own_word', 'INSERT', 'cabinet_app', null, own],
  ['absences', 'worker_reads', 'SELECT', 'cabinet_worker', 'true'],
  ['meeting_reminders', 'worker_all', 'ALL', 'cabinet_worker', 'true', 'true'],
];
const tables = [...new Set(policies.map(([table]) => table))];

/** The day of a meeting: its course, who was there and for how long, who said he could not come, and which reminders went out. Facts, no content. */
export class MeetingDays implements MigrationInterface {
  name = 'MeetingDays1764000000045';

  async up(db: QueryRunner) {
    await db.query(`
      -- Runs while running_since is set; ran_seconds is what had run before that.
      CREATE TABLE meeting_courses (
        meeting_id uuid CONSTRAINT meeting_courses_pk PRIMARY KEY CONSTRAINT meeting_courses_meeting REFERENCES meetings,
        case_id uuid NOT NULL CONSTRAINT meeting_courses_case REFERENCES cases,
        started_at timestamptz, running_since timestamptz,
        ran_seconds integer NOT NULL DEFAULT 0 CONSTRAINT meeting_courses_ran CHECK (ran_seconds >= 0),
        ended_at timestamptz,
        outcome text CONSTRAINT meeting_courses_outcome CHECK (outcome IN ('held', 'missed')),
        CONSTRAINT meeting_courses_end CHECK ((ended_at IS NULL) = (outcome IS NULL)),
        CONSTRAINT meeting_courses_runs_between CHECK (running_since IS NULL OR (started_at IS NOT NULL AND ended_at IS NULL)),
        CONSTRAINT meeting_courses_held_began CHECK (outcome <> 'held' OR started_at IS NOT NULL)
      );
      CREATE INDEX meeting_courses_of_case ON meeting_courses (case_id);
      -- Presence as the page told it, and what the mediator wrote down: by telephone and in person there is nothing but that.
      CREATE TABLE attendances (
        meeting_id uuid NOT NULL CONSTRAINT attendances_meeting REFERENCES meetings,
        case_id uuid NOT NULL CONSTRAINT attendances_case REFERENCES cases,
        person_id uuid NOT NULL CONSTRAINT attendances_person REFERENCES persons,
        last_seen_at timestamptz,
        seconds integer NOT NULL DEFAULT 0 CONSTRAINT attendances_seconds CHECK (seconds >= 0),
        attended boolean,
        minutes integer CONSTRAINT attendances_minutes CHECK (minutes BETWEEN 0 AND 1440),
        CONSTRAINT attendances_pk PRIMARY KEY (meeting_id, person_id),
        CONSTRAINT attendances_absent_for_no_time CHECK (attended IS NOT FALSE OR coalesce(minutes, 0) = 0)
      );
      CREATE TABLE absences (
        meeting_id uuid NOT NULL CONSTRAINT absences_meeting REFERENCES meetings,
        case_id uuid NOT NULL CONSTRAINT absences_case REFERENCES cases,
        person_id uuid NOT NULL CONSTRAINT absences_person REFERENCES persons,
        told_at timestamptz NOT NULL,
        CONSTRAINT absences_pk PRIMARY KEY (meeting_id, person_id)
      );
      -- One row for each reminder that went out: by meeting, kind and hour, so that a moved meeting is reminded of anew and nothing twice.
      CREATE TABLE meeting_reminders (
        meeting_id uuid NOT NULL CONSTRAINT meeting_reminders_meeting REFERENCES meetings,
        kind text NOT NULL CONSTRAINT meeting_reminders_kind CHECK (kind IN ('week', 'day', 'hour')),
        starts_at timestamptz NOT NULL,
        reminded_at timestamptz NOT NULL,
        CONSTRAINT meeting_reminders_pk PRIMARY KEY (meeting_id, kind, starts_at)
      );
      CREATE INDEX meetings_coming ON meetings (lower(during)) WHERE cancelled_at IS NULL;

      -- Does this person stand on the asker's own side of the case, or is he its mediator?
      CREATE FUNCTION is_near(which uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT EXISTS (SELECT 1 FROM parties mine WHERE mine.case_id = which AND mine.person_id = current_person() AND current_office() = 'citizen'
          AND (EXISTS (SELECT 1 FROM parties theirs WHERE theirs.case_id = which AND theirs.person_id = person AND theirs.side = mine.side)
            OR EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND c.mediator_id = person))) $$;
      ALTER FUNCTION is_near(uuid, uuid) OWNER TO cabinet_guard;
      REVOKE ALL ON FUNCTION is_near(uuid, uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION is_near(uuid, uuid) TO cabinet_app;
      GRANT SELECT, INSERT, UPDATE ON meeting_courses, attendances TO cabinet_app;
      GRANT SELECT, INSERT ON absences TO cabinet_app;
      GRANT SELECT ON absences TO cabinet_worker;
      GRANT SELECT, INSERT ON meeting_reminders TO cabinet_worker;
    `);
    for (const table of tables)
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(
      `DROP TABLE meeting_reminders, absences, attendances, meeting_courses; DROP FUNCTION is_near(uuid, uuid); DROP INDEX meetings_coming`,
    );
  }
}
