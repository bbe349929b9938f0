import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const council = `current_office() IN ('council', 'coordinator')`;
const desk = `current_office() = 'coordinator'`;
export const policies: Policy[] = [
  ['memoranda', 'council_reads', 'SELECT', 'cabinet_app', council],
  ['memoranda', 'desk_notes', 'INSERT', 'cabinet_app', null, desk],
  ['memoranda', 'desk_ends', 'UPDATE', 'cabinet_app', desk, desk],
  ['memoranda', 'guard_judges', 'SELECT', 'cabinet_guard', 'true'],
  ['council_meetings', 'council_reads', 'SELECT', 'cabinet_app', council],
  ['council_meetings', 'desk_calls', 'INSERT', 'cabinet_app', null, desk],
  ['council_meetings', 'desk_writes', 'UPDATE', 'cabinet_app', desk, desk],
  ['council_items', 'council_reads', 'SELECT', 'cabinet_app', council],
  ['council_items', 'desk_adds', 'INSERT', 'cabinet_app', null, desk],
  ['council_items', 'desk_decides', 'UPDATE', 'cabinet_app', desk, desk],
  ['council_tasks', 'council_reads', 'SELECT', 'cabinet_app', council],
  ['council_tasks', 'desk_sets', 'INSERT', 'cabinet_app', null, desk],
  ['council_tasks', 'council_ends', 'UPDATE', 'cabinet_app', council, council],
  ['council_tasks', 'worker_sweeps', 'SELECT', 'cabinet_worker', 'true'],
  ['council_tasks', 'worker_raises', 'UPDATE', 'cabinet_worker', 'true', 'true'],
];
const tables = ['memoranda', 'council_meetings', 'council_items', 'council_tasks'];

/**
 * What the Coordinating Council works with: memoranda with partner bodies, its meetings with what was to be talked of, what was decided, and who has to do what
 * until when. No case is in it. A court whose memorandum has lapsed refers no more; one that never had any refers by law alone.
 */
export class Council implements MigrationInterface {
  name = 'Council1764000000118';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE memoranda (
        id uuid CONSTRAINT memoranda_pk PRIMARY KEY,
        partner text NOT NULL CONSTRAINT memoranda_partner CHECK (length(partner) BETWEEN 2 AND 200),
        court_id text CONSTRAINT memoranda_court REFERENCES courts,
        refers boolean NOT NULL,
        number text CONSTRAINT memoranda_number CHECK (length(number) <= 60),
        since date NOT NULL, until date, ended_on date,
        noted_by uuid NOT NULL CONSTRAINT memoranda_noter REFERENCES persons, noted_at timestamptz NOT NULL,
        CONSTRAINT memoranda_order CHECK (until >= since AND ended_on >= since)
      );
      CREATE INDEX memoranda_of_court ON memoranda (court_id) WHERE court_id IS NOT NULL;
      CREATE TABLE council_meetings (
        id uuid CONSTRAINT council_meetings_pk PRIMARY KEY,
        starts_at timestamptz NOT NULL, place text NOT NULL CONSTRAINT council_meetings_place CHECK (length(place) BETWEEN 2 AND 300),
        materials text NOT NULL CONSTRAINT council_meetings_materials CHECK (length(materials) <= 4000), period text,
        called_by uuid NOT NULL CONSTRAINT council_meetings_caller REFERENCES persons, called_at timestamptz NOT NULL,
        held_at timestamptz, attended integer CONSTRAINT council_meetings_attended CHECK (attended BETWEEN 0 AND 500),
        CONSTRAINT council_meetings_held CHECK ((held_at IS NULL) = (attended IS NULL))
      );
      CREATE TABLE council_items (
        meeting_id uuid NOT NULL CONSTRAINT council_items_meeting REFERENCES council_meetings,
        no integer NOT NULL CONSTRAINT council_items_no CHECK (no BETWEEN 1 AND 30),
        topic text NOT NULL CONSTRAINT council_items_topic CHECK (length(topic) BETWEEN 2 AND 500),
        decision text CONSTRAINT council_items_decision CHECK (length(decision) <= 2000),
        CONSTRAINT council_items_pk PRIMARY KEY (meeting_id, no)
      );
      CREATE TABLE council_tasks (
        id uuid CONSTRAINT council_tasks_pk PRIMARY KEY,
        meeting_id uuid NOT NULL CONSTRAINT council_tasks_meeting REFERENCES council_meetings,
        task text NOT NULL CONSTRAINT council_tasks_task CHECK (length(task) BETWEEN 5 AND 1000),
        responsible text NOT NULL CONSTRAINT council_tasks_responsible CHECK (length(responsible) BETWEEN 2 AND 200),
        due_on date NOT NULL, due_at timestamptz NOT NULL, remind_at timestamptz NOT NULL,
        set_by uuid NOT NULL CONSTRAINT council_tasks_setter REFERENCES persons, set_at timestamptz NOT NULL,
        done_at timestamptz, done_by uuid CONSTRAINT council_tasks_doer REFERENCES persons, outcome text CONSTRAINT council_tasks_outcome CHECK (length(outcome) <= 1000),
        reminded_at timestamptz, overdue_at timestamptz,
        CONSTRAINT council_tasks_done CHECK ((done_at IS NULL) = (done_by IS NULL))
      );
      CREATE INDEX council_tasks_open ON council_tasks (due_at) WHERE done_at IS NULL;
      CREATE INDEX council_tasks_of ON council_tasks (meeting_id);

      -- A partner refers while its memorandum stands; the day is that of Kazakhstan.
      CREATE FUNCTION refer_by_memorandum() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE day date := (NEW.referred_at AT TIME ZONE 'Asia/Almaty')::date;
      BEGIN
        IF EXISTS (SELECT 1 FROM memoranda m WHERE m.court_id = NEW.court_id AND m.refers AND m.since <= day)
          AND NOT EXISTS (SELECT 1 FROM memoranda m WHERE m.court_id = NEW.court_id AND m.refers AND m.since <= day
            AND coalesce(m.until, day) >= day AND coalesce(m.ended_on, day + 1) > day) THEN
          RAISE EXCEPTION 'the memorandum has lapsed' USING ERRCODE = 'KE010';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER referrals_by_memorandum BEFORE INSERT ON referrals FOR EACH ROW EXECUTE FUNCTION refer_by_memorandum();
      -- How many cases a partner has referred while each of its memoranda stood: a number without a case.
      CREATE FUNCTION memorandum_counts() RETURNS TABLE (memorandum uuid, referred bigint)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT m.id, count(r.case_id) FROM memoranda m LEFT JOIN referrals r ON r.court_id = m.court_id
          AND (r.referred_at AT TIME ZONE 'Asia/Almaty')::date BETWEEN m.since AND least(coalesce(m.until, '9999-12-31'), coalesce(m.ended_on - 1, '9999-12-31'))
        WHERE current_office() IN ('council', 'coordinator') GROUP BY m.id $$;
      GRANT SELECT, INSERT ON memoranda, council_meetings, council_items, council_tasks TO cabinet_app;
      GRANT UPDATE (ended_on) ON memoranda TO cabinet_app;
      GRANT UPDATE (held_at, attended) ON council_meetings TO cabinet_app;
      GRANT UPDATE (decision) ON council_items TO cabinet_app;
      GRANT UPDATE (done_at, done_by, outcome) ON council_tasks TO cabinet_app;
      GRANT SELECT (id, due_at, remind_at, done_at, reminded_at, overdue_at), UPDATE (reminded_at, overdue_at) ON council_tasks TO cabinet_worker;
      GRANT SELECT (id, court_id, refers, since, until, ended_on) ON memoranda TO cabinet_guard;
      GRANT SELECT (court_id, referred_at) ON referrals TO cabinet_guard;
      GRANT EXECUTE ON FUNCTION memorandum_counts() TO cabinet_app;
      ALTER FUNCTION refer_by_memorandum() OWNER TO cabinet_guard; ALTER FUNCTION memorandum_counts() OWNER TO cabinet_guard;
    `);
    for (const table of tables)
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TRIGGER referrals_by_memorandum ON referrals; DROP FUNCTION refer_by_memorandum();
      DROP FUNCTION memorandum_counts(); REVOKE SELECT (court_id, referred_at) ON referrals FROM cabinet_guard;
      DROP TABLE ${tables.toReversed().join(', ')};`);
  }
}
