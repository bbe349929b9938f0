import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { SignedIn } from '#contract';
import { newId } from '#platform';
import { type Cabinet, startCabinet } from '../../../../test/support/cabinet.js';
import { openSession } from '../../../../test/support/mediation.js';

let cabinet: Cabinet;
beforeAll(async () => {
  cabinet = await startCabinet({ worker: false });
  const redis = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null });
  const queue = new Queue('email', { connection: redis, prefix: cabinet.database.name });
  await queue.add('send', { ids: ['0199-one'], body: 'Бұл жерде сөз болмауы керек' }, { jobId: '0199-one-0' });
  await queue.close();
  redis.disconnect();
});
afterAll(() => cabinet.stop());

const cookieOf = async (role: SignedIn['role']) => {
  const id = newId();
  await cabinet.admin(`INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Т', 'Е', 'kk', $2, now())`, [
    id,
    Buffer.from(id),
  ]);
  return openSession(cabinet.admin, { id, role }, cabinet.now().toISOString());
};
const ask = (path: string, cookie = '', method = 'GET') =>
  fetch(`${cabinet.origin}/api/queues${path}`, { method, headers: { cookie, origin: cabinet.origin } });

it('shows an administrator what waits, by ids alone, and nothing of what an entry may hold besides', async () => {
  const { cookie } = await cookieOf('administrator');
  const page = await ask('/', cookie);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const reply = await ask('/api/queues?activeQueue=email&status=waiting&page=1&jobsPerPage=10', cookie);
  const text = await reply.text();
  expect(reply.status).toBe(200);
  expect(text).toContain('0199-one');
  expect(text).not.toContain('сөз');
});

it('changes nothing', async () => {
  const { cookie } = await cookieOf('administrator');
  for (const path of ['/api/queues/email/empty', '/api/queues/email/pause', '/api/queues/email/0199-one-0/clean'])
    expect((await ask(path, cookie, 'PUT')).status).toBeGreaterThanOrEqual(400);
  expect(await (await ask('/api/queues?activeQueue=email&status=waiting&page=1&jobsPerPage=10', cookie)).text()).toContain('0199-one');
});

it('is no address for anybody else, nor before the second factor', async () => {
  const paths = ['/', '/api/queues', '/static/js/none.js'];
  for (const path of paths) expect((await ask(path)).status).toBe(401);
  for (const role of ['citizen', 'mediator', 'coordinator'] as const) {
    const { cookie } = await cookieOf(role);
    for (const path of paths) expect((await ask(path, cookie)).status).toBe(404);
  }
  const { cookie, sessionId } = await cookieOf('administrator');
  await cabinet.admin('UPDATE sessions SET second_factor_at = NULL WHERE id = $1', [sessionId]);
  for (const path of paths) expect((await ask(path, cookie)).status).toBe(403);
});
