import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPolicy, policies } from '../../migrations/index.js';
import { cloneDatabase } from '../support/database.js';
import { arrange } from './arrange.js';
import { type AskerName, askers, type Cell, cells } from './matrix.js';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let admin: pg.Client;
const clients = new Map<string, pg.Client>();

beforeAll(async () => {
  database = await cloneDatabase();
  admin = await connected(database.adminUrl);
  await arrange((sql, values) => admin.query(sql, values));
  for (const login of ['owner', 'app', 'worker', 'court', 'report'] as const) clients.set(login, await connected(database.urls[login]));
});
afterAll(async () => {
  await Promise.all([admin, ...clients.values()].map((client) => client.end()));
  await database.drop();
});

describe.each(cells.map((cell) => [`${cell.table}: ${cell.what}`, cell] as const))('%s', (_, cell) => {
  it(`is for ${cell.by.join(', ')} alone`, async () => {
    expect(await wrongs([cell])).toEqual([]);
  });
});

it('has a policy that guards each forced table, and no content table without one', async () => {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'keys') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
  );
  const withoutContent = [
    'audit_roots', 'calendar_days', 'chain_heads', 'confirmation_methods', 'consents', 'courts', 'credentials', 'delivery_attempts', 'duties', 'mediators', 'migrations', 'one_time_codes',
    'outbox', 'partner_tokens', 'person_roles', 'persons', 'provider_rests', 'report_cells', 'report_closings', 'resources', 'sessions', 'shred_ledger', 'staff_invitations', 'storage_leavings', 'throttles',
  ]; // prettier-ignore
  expect(rows.map((row) => row.name).toSorted()).toEqual(withoutContent);
});

/** The matrix itself is worth something only if it notices each policy, gone or opened wide; that it is green before, each cell above has shown. */
describe('turns red when a policy', () => {
  it.each(policies.map((policy) => [`${policy[0]}.${policy[1]}`, policy] as const))('%s is dropped', async (_, policy) => {
    await changed(`DROP POLICY ${policy[1]} ON ${policy[0]}`, policy, async () =>
      expect(await firstWrong(policy[0], membersOf)).not.toEqual([]),
    );
  });

  const narrow = policies.filter(([, , command, to, using]) => command === 'SELECT' && to === 'cabinet_app' && using !== null);
  it.each(narrow.map((policy) => [`${policy[0]}.${policy[1]}`, policy] as const))('%s lets everybody read', async (_, policy) => {
    const [table, name] = policy;
    await changed(`ALTER POLICY ${name} ON ${table} USING (true)`, policy, async () =>
      expect(await firstWrong(table, strangersOf)).not.toEqual([]),
    );
  });
});

/** The questions about its own table first: the matrix turns red sooner. */
const closest = (table: string) => cells.toSorted((one, other) => Number(other.table === table) - Number(one.table === table));

async function changed(sql: string, policy: (typeof policies)[number], work: () => Promise<void>) {
  await admin.query(sql);
  try {
    await work();
  } finally {
    await admin.query(`DROP POLICY IF EXISTS ${policy[1]} ON ${policy[0]}; ${createPolicy(policy)}`);
  }
}

const membersOf = (cell: Cell) => cell.by;
const strangersOf = (cell: Cell) => (Object.keys(askers) as AskerName[]).filter((name) => !cell.by.includes(name));
const everybody = (cell: Cell) => [...membersOf(cell), ...strangersOf(cell)];

/** Those whom the change is likeliest to touch are asked first: nearly always that is enough, and everybody takes ten times as long. */
async function firstWrong(table: string, likeliest: (cell: Cell) => AskerName[]): Promise<string[]> {
  const found = await wrongs(closest(table), true, likeliest);
  return found.length ? found : wrongs(closest(table), true);
}

/** Where the answers differ from the table: each member must get at least a row, everybody else none at all. */
async function wrongs(some: Cell[], firstOnly = false, asked = everybody): Promise<string[]> {
  const found: string[] = [];
  for (const cell of some) {
    for (const name of asked(cell)) {
      const rows = await rowsFor(name, cell);
      if (rows > 0 !== cell.by.includes(name)) found.push(`${cell.table} ${cell.what}: ${name} got ${rows}`);
      if (firstOnly && found.length) return found;
    }
  }
  return found;
}

/** Privilege or policy; the triggers' own refusal, that of a court's acts (0097), and of a second where there is one. */
const refusals = ['42501', '23001', 'KE001', 'KE002', 'KE003', '23505'];

/** Rows read or written; a refusal by privilege or policy counts as none. Rolled back. */
async function rowsFor(name: AskerName, { sql, first }: Cell): Promise<number> {
  const {
    login,
    person = '',
    role = '',
    court = '',
    invitation = '',
  } = askers[name] as { login: string } & Record<string, string | undefined>;
  const client = clients.get(login)!;
  await client.query('BEGIN');
  try {
    await client.query(
      `SELECT set_config('cabinet.person', $1, true), set_config('cabinet.role', $2, true), set_config('cabinet.court', $3, true), set_config('cabinet.invitation', $4, true)`,
      [person, role, court, invitation],
    );
    if (first) await client.query(first);
    return (await client.query(sql)).rowCount ?? 0;
  } catch (error) {
    if (!refusals.includes((error as { code?: string }).code ?? '')) throw error;
    return 0;
  } finally {
    await client.query('ROLLBACK');
  }
}

async function connected(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
