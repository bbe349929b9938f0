import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import type { Config } from '#platform';
import { startRedis } from '../../../launcher/src/redis.js';
import { RedisChannel } from './redis.channel.js';
import { eventually } from '../../../../test/support/eventually.js';

const dir = mkdtempSync(join(tmpdir(), 'kelisim-redis-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('carries hints, survives Redis going away, and says when the line is back', async () => {
  let server = await startRedis({ dir });
  const config = { REDIS_URL: server.url, QUEUE_PREFIX: 'test' } as Config;
  const [here, there] = [new RedisChannel(config), new RedisChannel(config)];
  const [told, back] = [vi.fn(), vi.fn()];
  there.listen('rooms', told, back);
  await eventually(() => expect(back).toHaveBeenCalledTimes(1));
  await eventually(() => {
    here.publish('rooms', { roomId: 'a', seq: 1 });
    expect(told).toHaveBeenCalledWith({ roomId: 'a', seq: 1 });
  });

  await server.stop();
  for (let i = 0; i < 100; i++) here.publish('rooms', { roomId: 'a', seq: 2 });
  server = await startRedis({ dir });
  await vi.waitFor(() => expect(back).toHaveBeenCalledTimes(2), { timeout: 10_000 });
  await eventually(() => {
    here.publish('rooms', { roomId: 'a', seq: 3 });
    expect(told).toHaveBeenLastCalledWith({ roomId: 'a', seq: 3 });
  });
  expect(told).not.toHaveBeenCalledWith({ roomId: 'a', seq: 2 });
  for (const one of [here, there]) one.onApplicationShutdown();
  await server.stop();
});
