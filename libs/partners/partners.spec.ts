import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Case } from '#cases';
import type { MadePartnerHook, SignedIn } from '#contract';
import { configFrom, newId, record } from '#platform';
import { feedLimits } from '#times';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { startFeeds } from '../../test/support/feeds.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { PartnerCalls } from './partner.calls.js';
import { PartnerHooksService } from './partner-hooks.service.js';

let fresh: FreshDatabase;
let people: Mediation;
let [admin, hooks]: [SignedIn, PartnerHooksService] = [] as never;
let calls: PartnerCalls;
let there: Awaited<ReturnType<typeof startFeeds>>;
let answer: (response: ServerResponse) => unknown;
let bodies: string[] = [];
const court = 'OSKEMEN_CITY';

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  await fresh.admin(
    `INSERT INTO courts (id, level, kk, ru, en) VALUES ('${court}', 'first', 'с', 'с', 'c'), ('OTHER', 'first', 'с', 'с', 'c') ON CONFLICT DO NOTHING`,
  );
  people = await arrangeMediation(fresh);
  admin = { id: people.coordinator.id, role: 'administrator' };
  const config = configFrom({
    ...fresh.secrets,
    NODE_ENV: 'test',
    TEST_CALENDAR_ADDRESS: '127.0.0.1',
    DATABASE_URL: fresh.urls.app,
    REDIS_URL: 'redis://127.0.0.1:1',
  });
  hooks = new PartnerHooksService(fresh.db, fresh.clock, fresh.keys, config);
  there = await startFeeds({ '/facts': (response, request) => void take(request, response) });
  const mayReach = (ip: string, port: number) => ip === '127.0.0.1' || feedLimits.mayReach(ip, port);
  calls = new PartnerCalls(fresh.workerDb, fresh.clock, fresh.workerKeys, { milliseconds: 2_000, resolve: feedLimits.resolve, mayReach });
  await fresh.admin('UPDATE cases SET court_id = $2 WHERE id = $1', [people.caseId, court]);
});
afterAll(async () => {
  await there.stop();
  await fresh.drop();
});
beforeEach(async () => {
  await fresh.admin('TRUNCATE partner_calls, partner_hooks');
  bodies = [];
  there.asked.length = 0;
  answer = (response) => response.writeHead(204).end();
});

async function take(request: IncomingMessage, response: ServerResponse) {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  bodies.push(Buffer.concat(parts).toString());
  answer(response);
}
const make = (changes: object = {}) => hooks.make(admin, { name: 'ТӨРЕЛІК', courtId: court, address: there.at('/facts'), ...changes });
async function happened(
  type: 'case.extended' | 'case.declined' | 'meeting.booked' | 'case.withdrawn',
  caseId = people.caseId,
): Promise<string> {
  fresh.clock.advance({ seconds: 1 });
  const system = { id: null, role: 'system' } as const;
  const id = await fresh.db.transaction(system, (tx) =>
    record(tx, system, { type, caseId, at: fresh.clock.now(), data: { reason: 'word' } }),
  );
  await calls.plan([id]);
  await calls.plan([id]);
  return id;
}
const log = async ({ id }: MadePartnerHook) =>
  (await hooks.calls(admin, id)).map(({ eventId, state, tries, status, failure }) => [eventId, state, tries, status, failure]);

it('tells a fact of the own court’s case once: signed, with ids and the state, and not a word', async () => {
  const made = await make();
  const eventId = await happened('case.extended');
  expect(await calls.callDue()).toBe(1);
  expect(await calls.callDue()).toBe(0);
  const { headers } = there.asked[0]!;
  expect(JSON.parse(bodies[0]!)).toEqual({
    type: 'case.extended',
    timestamp: fresh.clock.now().toISOString(),
    data: { caseId: people.caseId, state: 'IN_MEDIATION' },
  });
  const secret = Buffer.from(made.secret.replace('whsec_', ''), 'base64');
  expect(secret).toHaveLength(32);
  const signed = createHmac('sha256', secret)
    .update(`${eventId}.${String(headers['webhook-timestamp'])}.${bodies[0]}`)
    .digest('base64');
  expect([headers['webhook-id'], headers['webhook-signature']]).toEqual([eventId, `v1,${signed}`]);
  expect(Math.abs(Number(headers['webhook-timestamp']) * 1000 - +fresh.clock.now())).toBeLessThan(1_001);
  expect(await log(made)).toEqual([[eventId, 'done', 1, 204, null]]);
  expect(await hooks.list(admin)).toMatchObject([{ done: 1, waiting: 0, givenUp: 0, host: `127.0.0.1:${there.port}` }]);
  expect(JSON.stringify(await hooks.list(admin))).not.toContain('whsec');
});

it('does not tell one way not to begin from another', async () => {
  await make();
  await fresh.admin(`UPDATE cases SET state = 'DECLINED' WHERE id = $1`, [people.caseId]);
  await happened('case.declined');
  await calls.callDue();
  await fresh.admin(`UPDATE cases SET state = 'WITHDRAWN' WHERE id = $1`, [people.caseId]);
  await happened('case.withdrawn');
  await calls.callDue();
  await fresh.admin(`UPDATE cases SET state = 'IN_MEDIATION' WHERE id = $1`, [people.caseId]);
  expect(bodies.map((body) => JSON.parse(body) as object)).toMatchObject(
    Array.from({ length: 2 }, () => ({ type: 'case.not_started', data: { state: 'NOT_STARTED' } })),
  );
});

it('tells nothing of another court’s case, of what a court may not know, of before it was made, or after its end', async () => {
  await happened('case.extended');
  const other = await make({ courtId: 'OTHER' });
  const made = await make();
  await happened('meeting.booked');
  expect([await log(made), await log(other)]).toEqual([[], []]);
  const waiting = await happened('case.extended');
  await hooks.end(admin, made.id);
  await calls.callDue();
  await happened('case.extended');
  expect(await log(made)).toEqual([[waiting, 'given_up', 1, null, 'ended']]);
  expect([bodies, await log(other)]).toEqual([[], []]);
});

it('tries again later and later for three days, then gives up until it is asked to', async () => {
  const made = await make();
  answer = (response) => response.writeHead(503).end();
  const eventId = await happened('case.extended');
  const began = +fresh.clock.now();
  for (let tries = 1; tries <= 10; tries += 1) {
    expect(await calls.callDue()).toBe(1);
    expect(await calls.callDue()).toBe(0);
    const [row] = await fresh.admin<{ due_at: Date }>('SELECT due_at FROM partner_calls');
    if (tries < 10) fresh.clock.set(new Date(+row!.due_at));
  }
  expect(+fresh.clock.now() - began).toBeGreaterThan(3 * 24 * 3_600_000);
  expect(await log(made)).toEqual([[eventId, 'given_up', 10, 503, 'refused']]);
  expect(new Set(there.asked.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  answer = (response) => response.writeHead(200).end();
  expect(await hooks.tryAgain(admin, made.id)).toMatchObject([{ state: 'waiting' }]);
  await calls.callDue();
  expect(await log(made)).toEqual([[eventId, 'done', 1, 200, null]]);
});

it('goes nowhere it is led to, and does not wait for ever', async () => {
  const made = await make();
  answer = (response) => response.writeHead(302, { location: there.at('/elsewhere') }).end();
  await happened('case.extended');
  await calls.callDue();
  expect(there.asked.map(({ path }) => path)).toEqual(['/facts']);
  expect((await log(made))[0]!.slice(1)).toEqual(['waiting', 1, 302, 'refused']);
  answer = () => undefined;
  fresh.clock.advance({ seconds: 6 });
  await calls.callDue();
  expect((await log(made))[0]!.slice(1)).toEqual(['waiting', 2, null, 'too_slow']);
});

it('calls no address of an inner network, whatever its name says', async () => {
  const made = await make({ address: 'https://inside.example.kz/facts' });
  const inside = new PartnerCalls(fresh.workerDb, fresh.clock, fresh.workerKeys, {
    milliseconds: 2_000,
    mayReach: feedLimits.mayReach,
    resolve: ((_: string, __: object, told: (error: null, found: object[]) => void) =>
      told(null, [{ address: '10.0.0.7', family: 4 }])) as never,
  });
  await happened('case.extended');
  await inside.callDue();
  expect((await log(made))[0]!.slice(1)).toEqual(['waiting', 1, null, 'private_address']);
  const numbered = await fresh.db.transaction(admin, async () => make({ address: 'https://169.254.169.254/latest' }));
  await happened('case.extended');
  await inside.callDue();
  expect((await log(numbered))[0]!.slice(1)).toEqual(['waiting', 1, null, 'private_address']);
});

it('is the administrator’s to make: over a sealed line, told once, kept sealed', async () => {
  const { secret } = await make();
  for (const who of [people.coordinator, people.mediator, people.a]) {
    await expect(hooks.make(who, { name: 'x', courtId: court, address: there.at('/facts') })).rejects.toMatchObject({ code: 'not_found' });
    await expect(hooks.list(who)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(make({ address: 'http://court.example.kz/facts' })).rejects.toMatchObject({
    code: 'invalid',
    details: { fields: { address: 'web_address' } },
  });
  await expect(make({ courtId: 'NOWHERE' })).rejects.toMatchObject({ code: 'court.unknown' });
  await expect(hooks.end(admin, newId())).rejects.toMatchObject({ code: 'not_found' });
  await expect(hooks.calls(admin, newId())).rejects.toMatchObject({ code: 'not_found' });
  const kept = JSON.stringify(await fresh.admin('SELECT h::text FROM partner_hooks h'));
  expect([kept.includes(secret.slice(8)), kept.includes('/facts')]).toEqual([false, false]);
});
