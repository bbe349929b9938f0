import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, inject, it } from 'vitest';
import { type ApiProcess, spawnApi } from '../../support/api.js';
import { type FreshDatabase, freshDatabase } from '../../support/database.js';
import type { RoomMember } from '../../support/member.js';
import { startWire, type Wire } from '../../support/wire.js';
import { audit, clean, gather, killMidCommit, talk } from './talk.js';

/** Faults of rooms, with builds that must fail. */
let [fresh, wire]: [FreshDatabase, Wire] = [] as never;
let [apis, members]: [ApiProcess[], RoomMember[]] = [[], []];

async function open(processes: number, hooks?: string) {
  [fresh, wire] = await Promise.all([freshDatabase(), startWire()]);
  const start = () => spawnApi(fresh, { origin: wire.origin, redisUrl: inject('redisUrl'), ...(hooks ? { hooks } : {}) });
  apis = await Promise.all(Array.from({ length: processes }, start));
  lead();
  members = await gather(fresh, wire.origin, { cases: 2, perSide: 2 });
  return async (at: number, signal: NodeJS.Signals) => {
    await apis[at]!.end(signal);
    apis[at] = await start();
    lead();
  };
}
const lead = () => wire.lead(apis.map(({ port }) => port));

afterEach(async () => {
  for (const member of members) member.leave();
  await Promise.all(apis.map((api) => api.end('SIGKILL')));
  await wire.stop();
  await fresh.drop();
});

it('loses, doubles and disorders nothing through kills, a rolling restart, lost acknowledgements and a cut line', async () => {
  const renew = await open(2);
  let [midCommit, isOver] = [0, false];
  const storedBy = async () => Number((await fresh.admin<{ n: string }>('SELECT count(*) AS n FROM messages'))[0]!.n);
  const harm = async () => {
    for (const at of [0, 1]) midCommit += Number(await killMidCommit(fresh.admin, () => renew(at, 'SIGKILL'), 30_000));
    await renew(0, 'SIGTERM');
    wire.deafen();
    const before = await storedBy();
    while ((await storedBy()) <= before + 10) await pause(20); // what is kept now, nobody is told of
    wire.down();
    await pause(300);
    wire.up();
  };
  const [said] = await Promise.all([talk(members, 100, { perSecond: 20, goesOn: () => !isOver }), harm().finally(() => (isOver = true))]);
  expect(await audit(fresh, members)).toEqual({ ...clean, acknowledged: said, stored: said });
  expect(said).toBeGreaterThanOrEqual(1_000);
  expect(midCommit).toBe(2);
  expect(members.reduce((sum, { answersLost }) => sum + answersLost, 0)).toBeGreaterThan(0);
}, 240_000);

it('would notice a build that emits before the commit', async () => {
  const renew = await open(1, './test/faults/rooms/broken.mjs');
  const harm = async () => {
    while (members.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0) < 50) await pause(5);
    await renew(0, 'SIGKILL');
  };
  await Promise.all([talk(members, 20, { perSecond: 60 }), harm()]);
  expect((await audit(fresh, members, 5_000)).lost).toBeGreaterThan(0);
}, 240_000);

it('would notice a database without the unique index', async () => {
  await open(1);
  await talk(members, 4);
  await fresh.admin('ALTER TABLE messages DROP CONSTRAINT messages_once');
  expect(await audit(fresh, members)).toMatchObject({ ...clean, unguarded: 1 });

  const [{ sql }] = (await fresh.admin<{ sql: string }>(`SELECT pg_get_functiondef('post_messages(jsonb)'::regprocedure) AS sql`)) as [
    { sql: string },
  ];
  const blind = sql.replace(/AND o\.client_id = i\.client_id/, 'AND false');
  expect(blind).not.toBe(sql);
  await fresh.admin(blind);
  const harm = async () => {
    await pause(200);
    wire.deafen();
    await pause(200);
    wire.cut();
    wire.up();
  };
  await Promise.all([talk(members, 40), harm()]);
  expect((await audit(fresh, members, 5_000)).doubled).toBeGreaterThan(0);
}, 240_000);
