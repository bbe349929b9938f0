import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [['cases', 'guard_marks', 'UPDATE', 'cabinet_guard', 'true', 'true']];

/**
 * The desk's list: which work a case is, what got stuck, and a page of it in one statement. Filters and order come from indexes alone,
 * so that a page of a million cases costs what a page of a thousand does.
 */
export class DeskQueue implements MigrationInterface {
  name = 'DeskQueue1764000000035';

  async up(db: QueryRunner) {
    await db.query(columns);
    await db.query(stuck);
    await db.query(page);
    await db.query(search);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(grants);
    for (const name of owned) await db.query(`ALTER FUNCTION ${name} OWNER TO cabinet_guard`);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP POLICY guard_marks ON cases;
      DROP TRIGGER deadlines_mark_stuck ON deadlines; DROP TRIGGER cases_get_unstuck ON cases; DROP TRIGGER events_mark_stuck ON events;
      DROP FUNCTION desk_page(boolean, text, text, text, text, uuid[], timestamptz, uuid, integer); DROP FUNCTION desk_counts(boolean, integer);
      DROP FUNCTION search_cases(boolean, text, integer); DROP FUNCTION name_asker(text, text, text, text);
      DROP FUNCTION mark_stuck_by_deadline(); DROP FUNCTION mark_stuck_by_handover(); DROP FUNCTION unstick();
      DROP INDEX parties_by_name; DROP INDEX parties_by_surname;
      ALTER TABLE cases DROP COLUMN desk_queue, DROP COLUMN stuck_since, DROP COLUMN stuck_code;`);
  }
}

const columns = `
  -- Which pile of the desk's a case lies on. Derived, so that it cannot disagree with the state.
  ALTER TABLE cases
    ADD COLUMN desk_queue text GENERATED ALWAYS AS (CASE
      WHEN state = 'SUBMITTED' THEN 'screen' WHEN state IN ('RETURNED', 'INVITED', 'NO_RESPONSE') THEN 'chase' WHEN state = 'CONSENTED' THEN 'assign' END) STORED,
    ADD COLUMN stuck_since timestamptz,
    ADD COLUMN stuck_code text,
    ADD CONSTRAINT cases_stuck_by CHECK ((stuck_since IS NULL) = (stuck_code IS NULL));
  CREATE INDEX cases_queue ON cases (desk_queue, state_since, id) WHERE desk_queue IS NOT NULL;
  CREATE INDEX cases_queue_category ON cases (desk_queue, category, state_since, id) WHERE desk_queue IS NOT NULL;
  CREATE INDEX cases_queue_district ON cases (desk_queue, district, state_since, id) WHERE desk_queue IS NOT NULL;
  CREATE INDEX cases_by_category ON cases (category, state_since, id) WHERE state <> 'DRAFT';
  CREATE INDEX cases_by_district ON cases (district, state_since, id) WHERE state <> 'DRAFT';
  CREATE INDEX cases_stuck ON cases (stuck_since, id) WHERE stuck_since IS NOT NULL;
`;

const stuck = `
  -- A time ran out and nothing followed: a person has to look. Whatever moves the case takes the mark away, in the same transaction.
  CREATE FUNCTION mark_stuck_by_deadline() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE cases SET stuck_since = coalesce(stuck_since, NEW.fired_at), stuck_code = coalesce(stuck_code, NEW.code) WHERE id = NEW.case_id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER deadlines_mark_stuck AFTER UPDATE OF fired_at ON deadlines FOR EACH ROW
    WHEN (OLD.fired_at IS NULL AND NEW.fired_at IS NOT NULL) EXECUTE FUNCTION mark_stuck_by_deadline();
  CREATE FUNCTION mark_stuck_by_handover() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE cases SET stuck_since = coalesce(stuck_since, NEW.at), stuck_code = coalesce(stuck_code, 'HANDOVER') WHERE id = NEW.case_id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER events_mark_stuck AFTER INSERT ON events FOR EACH ROW
    WHEN (NEW.type = 'case.handover_raised') EXECUTE FUNCTION mark_stuck_by_handover();
  CREATE FUNCTION unstick() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.stuck_since := NULL;
    NEW.stuck_code := NULL;
    RETURN NEW;
  END $$;
  CREATE TRIGGER cases_get_unstuck BEFORE UPDATE OF state ON cases FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION unstick();
`;

/** In the desk's view of a case: filed, and not a dispute of its own. The same rule as sees_case, asked of a whole page at once. */
const isOfDesk = `current_office() = 'coordinator' AND c.state <> 'DRAFT'
  AND NOT EXISTS (SELECT 1 FROM parties own WHERE own.case_id = c.id AND own.person_id = current_person())`;

const shown = `SELECT c.id, c.number, c.state, c.category, c.district, c.door, c.state_since, c.stuck_since, c.stuck_code,
  (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL),
  (SELECT string_agg(coalesce(p.organisation, concat_ws(' ', p.surname, p.given, nullif(p.patronymic, ''))), ' – ' ORDER BY p.side, p.ordinal)
   FROM parties p WHERE p.case_id = c.id)`;
const among = `FROM cases c WHERE ${isOfDesk} AND (way IS NULL OR c.door = way)`;
/** A plan that is kept knows no parameter, so the longest page (and one row, which tells that there is more) is written out inside. */
const longest = 101;
const pageBy = (where: string, order: string) =>
  `${shown} FROM (SELECT c.id, c.number, c.state, c.category, c.district, c.door, c.state_since, c.stuck_since, c.stuck_code ${among} ${where} ORDER BY ${order} LIMIT ${longest}) c ORDER BY ${order} LIMIT at_most`;
const zero = `'00000000-0000-0000-0000-000000000000'`;
const last = `'ffffffff-ffff-ffff-ffff-ffffffffffff'`;
const oldest = (by: string) => (where: string) =>
  pageBy(`${where} AND (${by}, c.id) > (coalesce(beyond, '-infinity'), coalesce(beyond_id, ${zero}))`, `${by}, c.id`);
const newest = (where: string) =>
  pageBy(
    `${where} AND (c.state_since, c.id) < (coalesce(beyond, 'infinity'), coalesce(beyond_id, ${last}))`,
    'c.state_since DESC, c.id DESC',
  );

const found = `${shown} ${among} AND c.id = ANY (finds) AND (pile IS NULL OR c.desk_queue = pile OR (pile = 'stuck' AND c.stuck_since IS NOT NULL))
  AND (kind IS NULL OR c.category = kind) AND (place IS NULL OR c.district = place)
  AND (CASE WHEN pile IS NULL THEN (c.state_since, c.id) < (coalesce(beyond, 'infinity'), coalesce(beyond_id, ${last}))
    ELSE (CASE pile WHEN 'stuck' THEN c.stuck_since ELSE c.state_since END, c.id) > (coalesce(beyond, '-infinity'), coalesce(beyond_id, ${zero})) END)
  ORDER BY CASE WHEN pile IS NULL THEN c.state_since END DESC, CASE WHEN pile = 'stuck' THEN c.stuck_since WHEN pile IS NOT NULL THEN c.state_since END,
    CASE WHEN pile IS NULL THEN c.id END DESC, c.id LIMIT at_most`;
const piles = [
  { when: 'pile IS NULL', and: '', page: newest },
  { when: `pile = 'stuck'`, and: 'AND c.stuck_since IS NOT NULL', page: oldest('c.stuck_since') },
  { when: 'true', and: 'AND c.desk_queue = pile', page: oldest('c.state_since') },
];
const narrowings = [
  { when: 'kind IS NULL AND place IS NULL', and: '' },
  { when: 'place IS NULL', and: 'AND c.category = kind' },
  { when: 'kind IS NULL', and: 'AND c.district = place' },
  { when: 'true', and: 'AND c.category = kind AND c.district = place' },
];
const choices = piles.flatMap((pile) =>
  narrowings.map((narrowing) => ({
    when: `${pile.when} AND ${narrowing.when}`,
    select: pile.page(`${pile.and} ${narrowing.and}`),
  })),
);

const page = `
  -- Names who asks for one statement, as Database.transaction does for many. What follows takes the answer as an argument, so it comes after.
  CREATE FUNCTION name_asker(person text, office text, court text, invitation text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
  BEGIN
    PERFORM set_config('cabinet.person', person, true), set_config('cabinet.role', office, true),
            set_config('cabinet.court', court, true), set_config('cabinet.invitation', invitation, true);
    RETURN true;
  END $$;

  -- A page of the desk's list by keyset: names, states and dates, no content. Written out for every choice of pile, kind and place, so that
  -- each is planned once by a connection and read in order from its own index.
  CREATE FUNCTION desk_page(named boolean, pile text, kind text, place text, way text, finds uuid[], beyond timestamptz, beyond_id uuid, at_most integer)
  RETURNS TABLE (id uuid, number text, state text, category text, district text, door text, since timestamptz, stuck_since timestamptz, stuck_code text,
    due_at timestamptz, title text)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
  BEGIN
    IF finds IS NOT NULL THEN RETURN QUERY ${found};
    ${choices.map(({ when, select }) => `ELSIF ${when} THEN RETURN QUERY ${select};`).join('\n    ')}
    END IF;
  END $$;

  -- How much lies on each pile, counted up to a limit: nobody reads further, and a million is not counted for a badge.
  CREATE FUNCTION desk_counts(named boolean, at_most integer) RETURNS TABLE (pile text, cases integer)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT piles.pile, (SELECT count(*)::integer FROM (SELECT 1 FROM cases c WHERE c.desk_queue = piles.pile AND ${isOfDesk} LIMIT at_most) counted)
    FROM unnest(ARRAY['screen', 'chase', 'assign']) AS piles (pile)
    UNION ALL SELECT 'stuck', (SELECT count(*)::integer FROM (SELECT 1 FROM cases c WHERE c.stuck_since IS NOT NULL AND ${isOfDesk} LIMIT at_most) counted) $$;
`;

const search = `
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX parties_by_name ON parties USING gin (name_folded gin_trgm_ops);
  CREATE INDEX parties_by_surname ON parties ((split_part(name_folded, ' ', 1)));
  -- By a part of a name, folded; two letters are asked for as a whole surname. The newest first, so many and no more: who gets as many types on.
  CREATE FUNCTION search_cases(named boolean, needle text, at_most integer) RETURNS uuid[]
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF current_office() <> 'coordinator' THEN RETURN ARRAY[]::uuid[]; END IF;
    IF length(needle) < 3 THEN
      RETURN ARRAY(SELECT DISTINCT p.case_id FROM parties p WHERE split_part(p.name_folded, ' ', 1) = needle ORDER BY 1 DESC LIMIT at_most);
    END IF;
    RETURN ARRAY(SELECT DISTINCT p.case_id FROM parties p WHERE p.name_folded LIKE '%' || replace(replace(replace(needle, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%' ORDER BY 1 DESC LIMIT at_most);
  END $$;
`;

const grants = `
  GRANT SELECT (desk_queue, stuck_since, stuck_code), UPDATE (stuck_since, stuck_code) ON cases TO cabinet_guard;
  GRANT SELECT (surname, given, patronymic, organisation, ordinal) ON parties TO cabinet_guard;
  GRANT EXECUTE ON FUNCTION name_asker(text, text, text, text) TO cabinet_app;
  GRANT EXECUTE ON FUNCTION desk_page(boolean, text, text, text, text, uuid[], timestamptz, uuid, integer), desk_counts(boolean, integer),
    search_cases(boolean, text, integer) TO cabinet_app;
`;

/** Asked by the api for the desk: run by a role without a login, which reads names, ids and states and no content. */
const owned = [
  'desk_page(boolean, text, text, text, text, uuid[], timestamptz, uuid, integer)',
  'desk_counts(boolean, integer)',
  'search_cases(boolean, text, integer)',
  'mark_stuck_by_deadline()',
  'mark_stuck_by_handover()',
];
