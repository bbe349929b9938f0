import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The pile of those to be reached lies in the order of the day by which each must have answered; a case whose time is over comes last.
 * The page is otherwise that of 0035, with the condition of 0068.
 */
export class ChaseByDate implements MigrationInterface {
  name = 'ChaseByDate1764000000071';

  async up(db: QueryRunner) {
    await db.query(column);
    await db.query(`DROP FUNCTION desk_page${signature}`);
    await db.query(pageFunction('chase_by timestamptz,', 'c.chase_by,', piles));
    await db.query(owned);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION desk_page${signature}`);
    await db.query(pageFunction('', '', [piles[0]!, piles[1]!, piles[3]!]));
    await db.query(owned);
    await db.query(`DROP TRIGGER deadlines_date_chase ON deadlines; DROP FUNCTION date_chase(); ALTER TABLE cases DROP COLUMN chase_by;`);
  }
}

const signature = '(boolean, text, text, text, text, uuid[], timestamptz, uuid, integer)';
const owned = `GRANT EXECUTE ON FUNCTION desk_page${signature} TO cabinet_app; ALTER FUNCTION desk_page${signature} OWNER TO cabinet_guard`;

const column = `
  ALTER TABLE cases ADD COLUMN chase_by timestamptz NOT NULL DEFAULT '9999-12-31T00:00:00Z';
  UPDATE cases c SET chase_by = coalesce((SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL), chase_by)
    WHERE desk_queue = 'chase';
  CREATE INDEX cases_chase ON cases (chase_by, id) WHERE desk_queue = 'chase';
  CREATE INDEX cases_chase_category ON cases (category, chase_by, id) WHERE desk_queue = 'chase';
  CREATE INDEX cases_chase_district ON cases (district, chase_by, id) WHERE desk_queue = 'chase';
  -- Whatever sets, moves or ends a date of a case on that pile, in the same transaction.
  CREATE FUNCTION date_chase() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE cases c SET chase_by = coalesce(
        (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = NEW.case_id AND d.fired_at IS NULL AND d.cancelled_at IS NULL), '9999-12-31T00:00:00Z')
      WHERE c.id = NEW.case_id AND c.desk_queue = 'chase';
    RETURN NULL;
  END $$;
  CREATE TRIGGER deadlines_date_chase AFTER INSERT OR UPDATE ON deadlines FOR EACH ROW EXECUTE FUNCTION date_chase();
  GRANT SELECT (chase_by), UPDATE (chase_by) ON cases TO cabinet_guard;
  ALTER FUNCTION date_chase() OWNER TO cabinet_guard;
`;

type Pile = { when: string; and: string; by: string; isNewestFirst?: true };
const piles: Pile[] = [
  { when: 'pile IS NULL', and: '', by: 'c.state_since', isNewestFirst: true },
  { when: `pile = 'stuck'`, and: 'AND c.stuck_since IS NOT NULL', by: 'c.stuck_since' },
  { when: `pile = 'chase'`, and: `AND c.desk_queue = 'chase'`, by: 'c.chase_by' },
  { when: 'true', and: 'AND c.desk_queue = pile', by: 'c.state_since' },
];
const narrowings = [
  { when: 'kind IS NULL AND place IS NULL', and: '' },
  { when: 'place IS NULL', and: 'AND c.category = kind' },
  { when: 'kind IS NULL', and: 'AND c.district = place' },
  { when: 'true', and: 'AND c.category = kind AND c.district = place' },
];
const zero = `'00000000-0000-0000-0000-000000000000'`;
const last = `'ffffffff-ffff-ffff-ffff-ffffffffffff'`;
/** The longest page, and one row that tells that there is more. */
const longest = 101;

function pageFunction(more: string, extra: string, from: Pile[]) {
  const columns = `c.id, c.number, c.state, c.category, c.district, c.door, c.state_since, c.stuck_since, c.stuck_code, ${extra}`;
  const shown = `SELECT ${columns}
    (SELECT min(d.due_at) FROM deadlines d WHERE d.case_id = c.id AND d.fired_at IS NULL AND d.cancelled_at IS NULL),
    (SELECT string_agg(coalesce(p.organisation, concat_ws(' ', p.surname, p.given, nullif(p.patronymic, ''))), ' – ' ORDER BY p.side, p.ordinal)
     FROM parties p WHERE p.case_id = c.id)`;
  const among = `FROM cases c WHERE current_office() = 'coordinator' AND c.state <> 'DRAFT' AND c.number IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM parties own WHERE own.case_id = c.id AND own.person_id = current_person()) AND (way IS NULL OR c.door = way)`;
  const beyond = (by: string, isNewestFirst?: true) =>
    isNewestFirst
      ? `(${by}, c.id) < (coalesce(beyond, 'infinity'), coalesce(beyond_id, ${last}))`
      : `(${by}, c.id) > (coalesce(beyond, '-infinity'), coalesce(beyond_id, ${zero}))`;
  const pageOf = ({ and, by, isNewestFirst }: Pile, narrowing: string) => {
    const order = isNewestFirst ? `${by} DESC, c.id DESC` : `${by}, c.id`;
    return `${shown} FROM (SELECT ${columns.replace(/, ?$/, '')} ${among} ${and} ${narrowing} AND ${beyond(by, isNewestFirst)} ORDER BY ${order} LIMIT ${longest}) c ORDER BY ${order} LIMIT at_most`;
  };
  const choices = from.flatMap((pile) =>
    narrowings.map((one) => `ELSIF ${pile.when} AND ${one.when} THEN RETURN QUERY ${pageOf(pile, one.and)};`),
  );
  const oldest = `CASE pile ${from
    .slice(1, -1)
    .map(({ when, by }) => `WHEN ${when.slice('pile = '.length)} THEN ${by}`)
    .join(' ')} ELSE c.state_since END`;
  const found = `${shown} ${among} AND c.id = ANY (finds) AND (pile IS NULL OR c.desk_queue = pile OR (pile = 'stuck' AND c.stuck_since IS NOT NULL))
    AND (kind IS NULL OR c.category = kind) AND (place IS NULL OR c.district = place)
    AND (CASE WHEN pile IS NULL THEN ${beyond('c.state_since', true)} ELSE ${beyond(oldest)} END)
    ORDER BY CASE WHEN pile IS NULL THEN c.state_since END DESC, CASE WHEN pile IS NOT NULL THEN ${oldest} END,
      CASE WHEN pile IS NULL THEN c.id END DESC, c.id LIMIT at_most`;
  return `
    CREATE FUNCTION desk_page(named boolean, pile text, kind text, place text, way text, finds uuid[], beyond timestamptz, beyond_id uuid, at_most integer)
    RETURNS TABLE (id uuid, number text, state text, category text, district text, door text, since timestamptz, stuck_since timestamptz, stuck_code text,
      ${more} due_at timestamptz, title text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
    BEGIN
      IF finds IS NOT NULL THEN RETURN QUERY ${found};
      ${choices.join('\n      ')}
      END IF;
    END $$;`;
}
