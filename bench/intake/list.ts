import { fillCaseload } from '../../test/support/caseload.js';
import { median, percentile, type Row } from '../results.js';
import { pageOfDirectus, startDirectus } from './directus.js';
import type { House } from './house.js';
import { call, type Page, press } from './load.js';

const kinds = ['neighbours', 'debt', 'land', 'family', 'labour', 'housing', 'consumer', 'civil'];
const piles = ['screen', 'chase', 'assign'];
const [pileOf, kindOf] = [(at: number) => piles[at % 3]!, (at: number) => kinds[at % 8]!];
const path = (at: number) => `/api/cases?queue=${pileOf(at)}&category=${kindOf(at)}`;

/** A filtered page of the desk's list among so many cases, with session, rights and contract, against bare NestJS on the same rows and against Directus on its own. */
export async function listAmong(house: House, size: number, rounds: number, seconds: number, withDirectus: boolean) {
  await fill(house, size);
  const directus = withDirectus ? await startDirectus(house.adminUrl, size) : null;
  const peers = {
    ours: async (at: number) => requireFull((await call<Page>(house.ours, 'GET', path(at))).rows),
    bare: async (at: number) => requireFull((await call<Page>(house.bare, 'GET', path(at))).rows),
    ...(directus && {
      directus: async (at: number) => {
        const server = { port: directus.port, headers: { authorization: `Bearer ${directus.token}` } };
        return requireFull((await call<{ data: { id: string }[] }>(server, 'GET', pageOfDirectus(pileOf(at), kindOf(at)))).data);
      },
    }),
  };
  for (let at = 0; at < 24; at += 1)
    if ((await peers.ours(at)).join() !== (await peers.bare(at)).join()) throw new Error(`another page than the peer's: ${path(at)}`);
  const samples: Record<string, number[]> = {};
  for (let round = -1; round < rounds; round += 1)
    for (const [name, ask] of Object.entries(peers)) {
      const { perSecond, ms } = await press(round < 0 ? 1 : seconds, ask);
      if (round < 0) continue; // warm
      (samples[`list ${size} ${name} per second`] ??= []).push(perSecond);
      (samples[`list ${size} ${name} p99 ms`] ??= []).push(percentile(ms, 0.99));
    }
  await directus?.close();
  await requireIndexed(house);
  const [own, bare, theirs] = ['ours', 'bare', 'directus'].map((name) =>
    median(samples[`list ${size} ${name} per second`] ?? [Number.NaN]),
  );
  const what = `a filtered page of ${size.toLocaleString('en')}, with session and rights, vs`;
  const row = (peer: string, value: number, bar: number): Row => {
    const ratio = own! / value;
    return { what: `${what} ${peer}`, value: own!, unit: 'pages/s', peer: value, ratio, bar: `>= ${bar} x`, pass: ratio >= bar };
  };
  return { samples, rows: [row('bare Nest', bare!, 0.6), ...(directus ? [row('Directus', theirs!, 12)] : [])] };
}

/** The large page's 99th percentile against the small one's, both of earlier parts of this bench. */
export function p99Row(samples: Record<string, number[]>, small: number, large: number): Row[] {
  const [one, many] = [small, large].map((size) => samples[`list ${size} ours p99 ms`]);
  if (!one || !many) return [];
  const ratio = median(many) / median(one);
  const what = `p99 of that page among ${large.toLocaleString('en')} vs ${small.toLocaleString('en')}`;
  return [{ what, value: median(many), unit: 'ms', peer: median(one), ratio, bar: '<= 1.5 x', pass: ratio <= 1.5 }];
}

/** In SQL, a hundred thousand in one statement; what is no constraint is indexed anew at the end: a million rows one by one would take longer than the rest. */
async function fill({ admin }: House, size: number) {
  const [{ there }] = (await admin.query('SELECT count(*)::int AS there FROM cases')).rows as [{ there: number }];
  const begun = performance.now();
  const indexes = (await admin.query(secondary)).rows as { name: string; made: string }[];
  for (const setting of quick) await admin.query(setting);
  for (const { name } of indexes) await admin.query(`DROP INDEX ${name}`);
  await fillCaseload(admin, size, there);
  for (const { made } of indexes) await admin.query(made);
  await admin.query('VACUUM ANALYZE');
  for (const setting of asBefore) await admin.query(setting);
  console.log(`${size.toLocaleString('en')} cases after ${Math.round((performance.now() - begun) / 1_000)} s`);
}
const quick = [
  'SET synchronous_commit = off',
  `SET maintenance_work_mem = '512MB'`,
  `ALTER SYSTEM SET max_wal_size = '8GB'`,
  'SELECT pg_reload_conf()',
];
const asBefore = [
  'RESET synchronous_commit',
  'RESET maintenance_work_mem',
  'ALTER SYSTEM RESET max_wal_size',
  'SELECT pg_reload_conf()',
  'CHECKPOINT',
];
const secondary = `
  SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
  WHERE i.indrelid IN ('cases'::regclass, 'parties'::regclass, 'deadlines'::regclass)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`;

const requireFull = (rows: { id: string }[]) => {
  if (rows.length !== 20) throw new Error(`a page of ${rows.length}`);
  return rows.map(({ id }) => id);
};

/** The plan itself, of every filter that the load used. */
async function requireIndexed({ admin }: House) {
  const plans: string[] = [];
  const hear = ({ message = '' }) => plans.push(message);
  admin.on('notice', hear);
  const [{ id }] = (await admin.query(`SELECT person_id AS id FROM person_roles WHERE role = 'coordinator'`)).rows as [{ id: string }];
  await admin.query(`LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on;
    SET client_min_messages = log; SET ROLE cabinet_app`);
  for (const pile of piles)
    await admin.query(
      `SELECT * FROM name_asker($1, 'coordinator', '', '') AS named CROSS JOIN LATERAL desk_page(named, $2, 'debt', NULL, NULL, NULL, NULL, NULL, 21)`,
      [id, pile],
    );
  await admin.query('RESET ROLE; RESET client_min_messages; SET auto_explain.log_min_duration = -1');
  admin.off('notice', hear);
  const plan = plans.join('\n');
  if (!/Index (Only )?Scan (Backward )?using cases_/.test(plan) || plan.includes('Seq Scan'))
    throw new Error(`a sequential scan:\n${plan}`);
}
