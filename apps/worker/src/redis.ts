import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG, type Config } from '#platform';

const backOff = (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 6), 2_000);
const logger = new Logger('Redis');

/** For what is put into queues and published: refused at once while Redis is away, for every row waits in the database. */
export const askingRedis = (url: string) =>
  watched(new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: null, commandTimeout: 5_000, retryStrategy: backOff }));

/** For what is taken out of queues: waits for Redis however long it takes. */
export const takingRedis = (url: string) => watched(new Redis(url, { maxRetriesPerRequest: null, retryStrategy: backOff }));

/** One line when Redis goes and one when it is back. */
function watched(redis: Redis): Redis {
  let away = false;
  redis.on('error', (error: Error & { code?: string }) => {
    if (!away) logger.warn({ what: 'Redis is away', code: error.code ?? error.name });
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.log({ what: 'Redis is back' });
    away = false;
  });
  return redis;
}

export const REDIS = Symbol('redis');
export const redisProvider = { provide: REDIS, useFactory: ({ REDIS_URL }: Config) => askingRedis(REDIS_URL), inject: [CONFIG] };
