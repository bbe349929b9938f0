import type pg from 'pg';

/** What the made cases fill. Nothing else refers to their rows yet, so that only their own keys have to hold. */
const tables = ['cases', 'parties', 'events'];
/** While loading: no index to keep, no checkpoint in between, and the log not written page by page. Tables stay as they are in use: logged. */
const settings = {
  max_wal_size: `'16GB'`,
  checkpoint_timeout: `'1h'`,
  full_page_writes: 'off',
  synchronous_commit: 'off',
  maintenance_work_mem: `'1GB'`,
  work_mem: `'256MB'`,
  wal_compression: 'off',
};

type Index = { name: string; sql: string };
/** The indexes that are no keys are dropped; `build` makes those again that are named, `end` the rest, and measures as the house does. */
export async function beginLoading(admin: pg.ClientBase) {
  for (const [name, value] of Object.entries(settings)) await admin.query(`ALTER SYSTEM SET ${name} = ${value}`);
  await admin.query('SELECT pg_reload_conf()');
  let dropped = (
    await admin.query(
      `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS sql FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       WHERE i.indrelid = ANY ($1::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)`,
      [tables],
    )
  ).rows as Index[];
  for (const { name } of dropped) await admin.query(`DROP INDEX ${name}`);
  await admin.query('ALTER TABLE events DROP CONSTRAINT events_chain');
  const build = async (which: (index: Index) => boolean) => {
    for (const { sql } of dropped.filter(which)) await admin.query(sql);
    dropped = dropped.filter((index) => !which(index));
  };
  return {
    build: (...names: string[]) => build(({ name }) => names.includes(name)),
    end: async () => {
      await build(() => true);
      await admin.query('ALTER TABLE events ADD CONSTRAINT events_chain UNIQUE (chain, seq)');
      for (const name of Object.keys(settings)) await admin.query(`ALTER SYSTEM RESET ${name}`);
      await admin.query('SELECT pg_reload_conf()');
      for (const table of tables) await admin.query(`VACUUM ANALYZE ${table}`);
      await admin.query('CHECKPOINT');
    },
  };
}

/** `id` of the n-th twin of a row: the same but for its beginning, so that what belongs together still does. */
const twin = (id: string) => `overlay(${id}::text placing lpad(to_hex(n), 8, '0') from 1 for 8)::uuid`;

/** The same cases nine times more, so that the list says what a recount must give: ten times as much. */
export async function tenfold(admin: pg.ClientBase) {
  await admin.query(`SET session_replication_role = replica`);
  for (let n = 1; n <= 9; n += 1) {
    const which = `CROSS JOIN (SELECT ${n} AS n) x`;
    await admin.query(`INSERT INTO cases (id, number, state, state_since, ground, category, subcategory, district, language, door, created_by, mediator_id, court_id, court_case_number, created_at, filed_at, rules_on)
      SELECT ${twin('id')}, number || '-' || n, state, state_since, ground, category, subcategory, district, language, door, created_by, mediator_id, court_id,
        court_case_number, created_at, filed_at, rules_on FROM cases ${which} WHERE id >= 'a0000000-0000-0000-0000-000000000000'`);
    await admin.query(`INSERT INTO parties (id, case_id, side, ordinal, kind, surname, given, organisation, language)
      SELECT ${twin('id')}, ${twin('case_id')}, side, ordinal, kind, 'x', 'x', 'x', 'kk' FROM parties ${which} WHERE id >= 'a0000000-0000-0000-0000-000000000000'`);
    await admin.query(`INSERT INTO events (id, chain, seq, case_id, type, actor_role, at, data, previous, hash)
      SELECT ${twin('id')}, ${twin('chain')}, seq, ${twin('case_id')}, type, actor_role, at, data, previous, hash FROM events ${which}
      WHERE case_id >= 'a0000000-0000-0000-0000-000000000000'`);
    await admin.query(`INSERT INTO court_acts (id, case_id, court_id, kind, on_date, outcome, grounds, duty_refund, duty_amount, entered_by, entered_at)
      SELECT ${twin('id')}, ${twin('case_id')}, court_id, kind, on_date, outcome, grounds, duty_refund, duty_amount, entered_by, entered_at FROM court_acts ${which}
      WHERE id >= 'a0000000-0000-0000-0000-000000000000'`);
  }
  await admin.query('UPDATE party_traits SET n = n * 10; UPDATE settled_amounts SET n = n * 10, total = total * 10');
  await admin.query('SET session_replication_role = origin; ANALYZE');
}
