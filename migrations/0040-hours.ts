import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/**
 * Who has time when: mediators' hours, parties' unavailable times, rooms and interpreters of the House, calendars from outside and
 * feeds to them; meetings that move, repeat and take a place. Nobody reads another's times: `calendars_of` gives the server busy
 * intervals of one case, and only what suits all leaves it.
 */
export class Hours implements MigrationInterface {
  name = 'Hours1764000000040';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(changes);
    for (const table of guarded)
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(functions);
    await db.query(grants);
  }

  async down(db: QueryRunner) {
    await db.query(
      `DROP FUNCTION calendars_of(uuid, timestamptz, timestamptz, uuid); DROP FUNCTION times_of(uuid); DROP FUNCTION find_feed(bytea); DROP FUNCTION feed_of(bytea);`,
    );
    for (const [table, name] of policies) await db.query(`DROP POLICY ${name} ON ${table}`);
    await db.query(undone);
    await db.query(
      `DROP TABLE meeting_moves, calendar_feeds, outside_busy, outside_calendars, availabilities, hour_exceptions, mediator_hours, resources`,
    );
  }
}

const own = 'person_id = current_person()';
const ownAsMediator = `${own} AND current_office() = 'mediator'`;

export const policies: Policy[] = [
  ['mediator_hours', 'own_hours', 'SELECT', 'cabinet_app', ownAsMediator],
  ['mediator_hours', 'own_hours_begin', 'INSERT', 'cabinet_app', null, ownAsMediator],
  ['mediator_hours', 'own_hours_change', 'UPDATE', 'cabinet_app', ownAsMediator, own],
  ['mediator_hours', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['hour_exceptions', 'own_exceptions', 'SELECT', 'cabinet_app', ownAsMediator],
  ['hour_exceptions', 'own_exceptions_add', 'INSERT', 'cabinet_app', null, ownAsMediator],
  ['hour_exceptions', 'own_exceptions_go', 'DELETE', 'cabinet_app', ownAsMediator],
  ['hour_exceptions', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['availabilities', 'own_times', 'SELECT', 'cabinet_app', own],
  ['availabilities', 'own_times_begin', 'INSERT', 'cabinet_app', null, own],
  ['availabilities', 'own_times_change', 'UPDATE', 'cabinet_app', own, own],
  ['availabilities', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['outside_calendars', 'own_calendar', 'SELECT', 'cabinet_app', own],
  ['outside_calendars', 'own_calendar_named', 'INSERT', 'cabinet_app', null, ownAsMediator],
  ['outside_calendars', 'own_calendar_changes', 'UPDATE', 'cabinet_app', own, own],
  ['outside_calendars', 'own_calendar_goes', 'DELETE', 'cabinet_app', own],
  ['outside_calendars', 'worker_fetches', 'ALL', 'cabinet_worker', 'true', 'true'],
  ['outside_busy', 'own_busy', 'SELECT', 'cabinet_app', own],
  ['outside_busy', 'own_busy_goes', 'DELETE', 'cabinet_app', own],
  ['outside_busy', 'worker_writes', 'ALL', 'cabinet_worker', 'true', 'true'],
  ['outside_busy', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['calendar_feeds', 'own_feed', 'SELECT', 'cabinet_app', own],
  ['calendar_feeds', 'own_feed_opens', 'INSERT', 'cabinet_app', null, own],
  ['calendar_feeds', 'own_feed_closes', 'UPDATE', 'cabinet_app', own, own],
  ['calendar_feeds', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['meeting_moves', 'own_and_mediator', 'SELECT', 'cabinet_app', `${own} OR (is_participant(case_id) AND current_office() = 'mediator')`],
  ['meeting_moves', 'own_moves', 'INSERT', 'cabinet_app', null, `${own} AND is_participant(case_id)`],
  ['bookings', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['meetings', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  ['slot_answers', 'worker_knows', 'SELECT', 'cabinet_worker', 'true'],
];
const guarded = [
  'mediator_hours',
  'hour_exceptions',
  'availabilities',
  'outside_calendars',
  'outside_busy',
  'calendar_feeds',
  'meeting_moves',
];

const tables = `
  -- Rooms of the House and interpreters: what a meeting may need besides people. Nothing private stands here.
  CREATE TABLE resources (
    id uuid CONSTRAINT resources_pk PRIMARY KEY,
    kind text NOT NULL CONSTRAINT resources_kind CHECK (kind IN ('place', 'interpreter')),
    name text NOT NULL CONSTRAINT resources_named CHECK (name <> ''),
    languages text[] NOT NULL DEFAULT '{}',
    step_free boolean NOT NULL DEFAULT false,
    weekly jsonb NOT NULL DEFAULT '[]',
    buffer_minutes integer NOT NULL DEFAULT 0 CONSTRAINT resources_buffer CHECK (buffer_minutes BETWEEN 0 AND 240),
    closed boolean NOT NULL DEFAULT false,
    changed_at timestamptz NOT NULL
  );
  CREATE TABLE mediator_hours (
    person_id uuid CONSTRAINT mediator_hours_pk PRIMARY KEY CONSTRAINT mediator_hours_person REFERENCES persons,
    weekly jsonb NOT NULL, modes text[] NOT NULL,
    buffer_minutes integer NOT NULL CONSTRAINT mediator_hours_buffer CHECK (buffer_minutes BETWEEN 0 AND 240),
    daily_limit integer NOT NULL CONSTRAINT mediator_hours_limit CHECK (daily_limit BETWEEN 1 AND 24),
    changed_at timestamptz NOT NULL
  );
  -- Hours that the week does not know: an absence (not open), or an hour offered besides (open).
  CREATE TABLE hour_exceptions (
    id uuid CONSTRAINT hour_exceptions_pk PRIMARY KEY,
    person_id uuid NOT NULL CONSTRAINT hour_exceptions_person REFERENCES persons,
    during tstzrange NOT NULL CONSTRAINT hour_exceptions_length CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
    open boolean NOT NULL
  );
  CREATE INDEX hour_exceptions_of ON hour_exceptions (person_id);
  -- What a party says of its time: when not, or only when; its zone; and, sealed, what it needs to take part.
  CREATE TABLE availabilities (
    person_id uuid CONSTRAINT availabilities_pk PRIMARY KEY CONSTRAINT availabilities_person REFERENCES persons,
    zone text NOT NULL, unavailable jsonb NOT NULL, picks jsonb NOT NULL,
    needs_sealed bytea,
    said_at timestamptz NOT NULL
  );
  -- A calendar kept elsewhere, read as busy time. Its address is as good as a password and is kept sealed.
  CREATE TABLE outside_calendars (
    person_id uuid CONSTRAINT outside_calendars_pk PRIMARY KEY CONSTRAINT outside_calendars_person REFERENCES persons,
    address_sealed bytea NOT NULL, host text NOT NULL,
    named_at timestamptz NOT NULL, due_at timestamptz NOT NULL,
    fetched_at timestamptz, failure text, failures integer NOT NULL DEFAULT 0
  );
  CREATE INDEX outside_calendars_due ON outside_calendars (due_at);
  CREATE TABLE outside_busy (
    person_id uuid NOT NULL CONSTRAINT outside_busy_of REFERENCES outside_calendars ON DELETE CASCADE,
    during tstzrange NOT NULL CONSTRAINT outside_busy_length CHECK (NOT isempty(during))
  );
  CREATE INDEX outside_busy_of_person ON outside_busy (person_id);
  -- One's own meetings as a feed for other programs. Its address is a secret: kept as a keyed hash, told once, revoked at once.
  CREATE TABLE calendar_feeds (
    id uuid CONSTRAINT calendar_feeds_pk PRIMARY KEY,
    person_id uuid NOT NULL CONSTRAINT calendar_feeds_person REFERENCES persons,
    token_hash bytea NOT NULL CONSTRAINT calendar_feeds_token UNIQUE,
    opened_at timestamptz NOT NULL, revoked_at timestamptz
  );
  CREATE UNIQUE INDEX calendar_feeds_one_open ON calendar_feeds (person_id) WHERE revoked_at IS NULL;
  -- Who asked for another hour, or called a meeting off, and on which ground: for the limit, and for the mediator.
  CREATE TABLE meeting_moves (
    id uuid CONSTRAINT meeting_moves_pk PRIMARY KEY,
    meeting_id uuid NOT NULL CONSTRAINT meeting_moves_meeting REFERENCES meetings,
    case_id uuid NOT NULL CONSTRAINT meeting_moves_case REFERENCES cases,
    person_id uuid NOT NULL CONSTRAINT meeting_moves_person REFERENCES persons,
    what text NOT NULL CONSTRAINT meeting_moves_what CHECK (what IN ('moved', 'cancelled')),
    ground text NOT NULL CONSTRAINT meeting_moves_ground CHECK (ground IN ('personal', 'work', 'preparation', 'technical')),
    from_during tstzrange NOT NULL, at timestamptz NOT NULL,
    proposal_id uuid CONSTRAINT meeting_moves_proposal REFERENCES proposals, -- asked; it counts once that proposal is booked
    CONSTRAINT meeting_moves_asked CHECK ((what = 'moved') = (proposal_id IS NOT NULL))
  );
  CREATE INDEX meeting_moves_of ON meeting_moves (meeting_id);
  CREATE INDEX meeting_moves_by ON meeting_moves (case_id, person_id);
`;

const changes = `
  ALTER TABLE proposals
    ADD weeks integer NOT NULL DEFAULT 1 CONSTRAINT proposals_weeks CHECK (weeks BETWEEN 1 AND 12),
    ADD moves uuid CONSTRAINT proposals_moves REFERENCES meetings,
    ADD nudged_at timestamptz,
    DROP CONSTRAINT proposals_outcome,
    ADD CONSTRAINT proposals_outcome CHECK (outcome IN ('booked', 'declined', 'expired', 'withdrawn', 'countered')),
    ADD CONSTRAINT proposals_move_once CHECK (moves IS NULL OR weeks = 1);
  ALTER TABLE meetings
    ADD place_id uuid CONSTRAINT meetings_place REFERENCES resources,
    ADD interpreter_id uuid CONSTRAINT meetings_interpreter REFERENCES resources,
    ADD series_id uuid,
    ADD planned_at timestamptz; -- where an occurrence of a series stood first: it keeps its name in calendars (RFC 5545 RECURRENCE-ID)
  ALTER TABLE bookings DROP CONSTRAINT bookings_subject_kind,
    ADD CONSTRAINT bookings_subject_kind CHECK (subject_kind IN ('mediator', 'party', 'place', 'interpreter'));
`;
const undone = `
  ALTER TABLE bookings DROP CONSTRAINT bookings_subject_kind, ADD CONSTRAINT bookings_subject_kind CHECK (subject_kind IN ('mediator', 'party', 'place'));
  ALTER TABLE meetings DROP place_id, DROP interpreter_id, DROP series_id, DROP planned_at;
  ALTER TABLE proposals DROP weeks, DROP moves, DROP nudged_at, DROP CONSTRAINT proposals_outcome,
    ADD CONSTRAINT proposals_outcome CHECK (outcome IN ('booked', 'declined', 'expired', 'withdrawn'));
`;

const functions = `
  -- Everything that is taken in a span of time, of whoever and whatever this case's meetings may need. For its participants and the desk;
  -- one's own meeting that is about to move (\`besides\`) is not in its own way.
  CREATE FUNCTION calendars_of(which uuid, since timestamptz, until timestamptz, besides uuid)
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
      FROM outside_busy o JOIN allowed a ON a.mediator_id = o.person_id WHERE o.during && tstzrange(since, until) $$;
  -- What the people of a case have said of their time: the mediator's week, the parties' own times and sealed needs.
  CREATE FUNCTION times_of(which uuid)
  RETURNS TABLE (person_id uuid, side text, weekly jsonb, modes text[], buffer_minutes integer, daily_limit integer, zone text, unavailable jsonb, picks jsonb, needs_sealed bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH allowed AS (SELECT c.id, c.mediator_id FROM cases c WHERE c.id = which
      AND (is_participant(which) OR (current_office() = 'coordinator' AND sees_case(which))))
    SELECT a.mediator_id, NULL, coalesce(h.weekly, nullif(m.weekly, '[]')), h.modes, h.buffer_minutes, h.daily_limit, NULL, NULL::jsonb, NULL::jsonb, NULL::bytea
      FROM allowed a JOIN mediators m ON m.person_id = a.mediator_id LEFT JOIN mediator_hours h ON h.person_id = a.mediator_id
    UNION ALL
    SELECT p.person_id, p.side, NULL, NULL, NULL, NULL, v.zone, v.unavailable, v.picks, v.needs_sealed
      FROM allowed a JOIN parties p ON p.case_id = a.id LEFT JOIN availabilities v ON v.person_id = p.person_id WHERE p.person_id IS NOT NULL $$;
  -- The one look-up of a feed. A guessed and a revoked address read the same; so does one of somebody whose account is closed.
  CREATE FUNCTION find_feed(hash bytea) RETURNS TABLE (person_id uuid, language text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.person_id, p.language FROM calendar_feeds f JOIN persons p ON p.id = f.person_id
    WHERE f.token_hash = hash AND f.revoked_at IS NULL AND p.disabled_at IS NULL $$;
  CREATE FUNCTION feed_of(hash bytea)
  RETURNS TABLE (meeting_id uuid, series_id uuid, planned_at timestamptz, starts_at timestamptz, ends_at timestamptz, sequence integer, booked_at timestamptz, cancelled boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.id, m.series_id, m.planned_at, lower(m.during), upper(m.during), m.sequence, m.booked_at, m.cancelled_at IS NOT NULL
    FROM find_feed(hash) f JOIN bookings b ON b.subject_id = f.person_id JOIN meetings m ON m.id = b.meeting_id ORDER BY lower(m.during), m.id $$;
`;

const grants = `
  GRANT SELECT ON resources TO cabinet_app, cabinet_worker, cabinet_guard;
  GRANT INSERT, UPDATE ON resources TO cabinet_app;
  GRANT SELECT, INSERT, UPDATE ON mediator_hours, availabilities, outside_calendars, calendar_feeds TO cabinet_app;
  GRANT SELECT, INSERT, DELETE ON hour_exceptions TO cabinet_app;
  GRANT DELETE ON outside_calendars TO cabinet_app;
  GRANT SELECT, DELETE ON outside_busy TO cabinet_app;
  GRANT SELECT, INSERT ON meeting_moves TO cabinet_app;
  GRANT SELECT, UPDATE ON outside_calendars TO cabinet_worker;
  GRANT SELECT, INSERT, DELETE ON outside_busy TO cabinet_worker;
  GRANT SELECT (slot_id, case_id, person_id) ON slot_answers TO cabinet_worker;
  GRANT SELECT ON mediator_hours, hour_exceptions, availabilities, outside_busy, calendar_feeds, bookings, meetings TO cabinet_guard;
  GRANT SELECT (person_id, weekly) ON mediators TO cabinet_guard;
  GRANT SELECT (id, language, disabled_at) ON persons TO cabinet_guard;
  ALTER FUNCTION calendars_of(uuid, timestamptz, timestamptz, uuid) OWNER TO cabinet_guard;
  ALTER FUNCTION times_of(uuid) OWNER TO cabinet_guard;
  ALTER FUNCTION find_feed(bytea) OWNER TO cabinet_guard;
  ALTER FUNCTION feed_of(bytea) OWNER TO cabinet_guard;
  GRANT EXECUTE ON FUNCTION calendars_of(uuid, timestamptz, timestamptz, uuid), times_of(uuid), find_feed(bytea), feed_of(bytea) TO cabinet_app;
`;
