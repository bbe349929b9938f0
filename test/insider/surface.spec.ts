import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase } from '../support/database.js';

/**
 * Everything that the offices' own logins can ask the database for, down to the column: tables and views they may read,
 * functions that are not everybody's. A new column in a court's view stands here, or the suite is red.
 */
const asksWho = ['current_court -> text', 'current_invitation -> uuid', 'current_office -> text', 'current_person -> uuid'];
const surface: Record<'court' | 'report', { reads: Record<string, string>; calls: string[] }> = {
  court: {
    reads: {
      court_cases:
        'id number court_case_number category door filed_at state_since state board ground mediator due_at term_at stuck stuck_since undelivered_since watched',
      court_facts: 'id case_id seq at type due_at ground',
    },
    calls: [
      'court_counts -> TABLE(what text, cases integer)',
      'court_page -> SETOF court_cases',
      'court_register -> TABLE(id uuid, number text, court_case_number text, category text, filed_at timestamp with time zone, state text, state_since timestamp with time zone, mediator text, term_at timestamp with time zone, ground text, letters jsonb, outcome text, ruled_on date, ruling_number text, duty_refund boolean, duty_amount numeric)',
      ...asksWho,
      'note_look -> boolean',
    ],
  },
  report: {
    reads: { report_periods: 'month closed_at', report_table: 'period line dim value n total' },
    calls: [
      ...asksWho,
      'published_mediators -> TABLE(id uuid, surname text, given text, patronymic text, kind text, languages text[], fields text[], district text, register_number text, entered_on text, certified_until text, free_days text[])',
    ],
  },
};

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let admin: pg.Client;
beforeAll(async () => {
  database = await cloneDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

it.each(['court', 'report'] as const)('shows the %s login these columns and functions, and nothing else', async (login) => {
  expect.soft(await readsOf(login)).toEqual(surface[login].reads);
  expect.soft(await callsOf(login)).toEqual(surface[login].calls);
});

it.each(['court', 'report'] as const)('lets the %s login write nothing', async (login) => {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname IN ('public', 'keys') AND has_any_column_privilege($1, c.oid, 'INSERT, UPDATE') OR
     c.relkind = 'r' AND n.nspname IN ('public', 'keys') AND has_table_privilege($1, c.oid, 'DELETE, TRUNCATE')`,
    [`cabinet_${login}`],
  );
  expect(rows).toEqual([]);
});

async function readsOf(login: string) {
  const { rows } = await admin.query<{ name: string; columns: string }>(
    `SELECT c.relname AS name, string_agg(a.attname, ' ' ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname IN ('public', 'keys') AND has_column_privilege($1, c.oid, a.attnum, 'SELECT')
     GROUP BY c.relname ORDER BY c.relname`,
    [`cabinet_${login}`],
  );
  return Object.fromEntries(rows.map(({ name, columns }) => [name, columns]));
}

/** With what they answer: a function that returns a row tells its columns too. */
async function callsOf(login: string) {
  const { rows } = await admin.query<{ call: string }>(
    `SELECT p.proname || ' -> ' || pg_get_function_result(p.oid) AS call FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname IN ('public', 'keys') AND p.prorettype <> 'trigger'::regtype AND has_function_privilege($1, p.oid, 'EXECUTE')
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
     ORDER BY 1`,
    [`cabinet_${login}`],
  );
  return rows.map(({ call }) => call);
}
