import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { spawnApi } from '../../support/api.js';
import { type FreshDatabase, freshDatabase } from '../../support/database.js';
import { openSession } from '../../support/mediation.js';
import { disconnectAtRandom } from './disconnects.js';
import { sendNonsense } from './malformed.js';
import { gather } from './talk.js';

/** A line that fails at random, and a client that sends nonsense. */
let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.drop());

it('keeps everything once through random schedules of a failing line', async () => {
  const { messages, answersLost } = await disconnectAtRandom(fresh, inject('redisUrl'), 60, 7);
  expect(messages).toBeGreaterThan(60);
  expect(answersLost).toBeGreaterThan(0);
}, 240_000);

it('refuses nonsense, closes whoever goes on with it, and lives', async () => {
  const origin = 'http://kelisim.test';
  const api = await spawnApi(fresh, { origin, redisUrl: inject('redisUrl') });
  const [judge] = await gather(fresh, `http://127.0.0.1:${api.port}`, { cases: 1, perSide: 1, saysFrom: origin });
  const { cookie } = await openSession(fresh.admin, judge!.actor, new Date().toISOString());
  const told = await sendNonsense({ port: api.port, headers: { cookie, origin }, roomId: judge!.rooms[0]! }, 2_000, 11);
  expect(told).toMatchObject({ sent: 2_000, answeredAsRight: 0 });
  expect(told.refused).toBeGreaterThan(0);
  expect(told.closedByServer).toBeGreaterThan(told.sockets / 2);
  expect(await judge!.post(judge!.rooms[0]!, 'тірі')).toMatchObject({ seq: 1 });
  expect(api.said()).not.toMatch(/internal/);
  judge!.leave();
  await api.end();
}, 240_000);
