import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Queue } from 'bullmq';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import { SessionsService } from '#people';
import { CONFIG, type Config, DomainError } from '#platform';
import { problemOf } from '../http/refusal.filter.js';
import { tokenOf } from '../sessions/session.cookie.js';

const path = '/api/queues';

/**
 * The queues as they are in Redis, for an administrator past the second factor; for anybody else there is nothing at this address.
 * Nothing can be changed here, and of an entry its ids are shown and no more: that is all that ever lies in a queue.
 */
export async function serveQueueBoard(app: NestFastifyApplication) {
  const [sessions, config] = [app.get(SessionsService), app.get<Config>(CONFIG)];
  const connection = new Redis(config.REDIS_URL, { lazyConnect: true, maxRetriesPerRequest: 1, enableOfflineQueue: true });
  connection.on('error', () => undefined); // the page says it
  const board = new FastifyAdapter().setBasePath(path);
  const opened = new Set<Queue>();
  const queues = ['events', 'email', 'sms'].map((name) => {
    const queue = new Queue(name, { connection, prefix: config.QUEUE_PREFIX, skipMetasUpdate: true });
    queue.on('error', () => undefined);
    opened.add(queue);
    const shown = new BullMQAdapter(queue, { readOnlyMode: true });
    shown.setFormatter('data', (data: { ids?: unknown }) => ({ ids: Array.isArray(data?.ids) ? data.ids.map(String) : [] }));
    return shown;
  });
  createBullBoard({
    queues,
    serverAdapter: board as never /* two versions of one interface */,
    options: { uiConfig: { boardTitle: 'Kelisim' } },
  });
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await server.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      const refusal = await refusalOf(request, sessions, config);
      if (!refusal) return;
      const problem = problemOf(refusal);
      return reply.status(problem.status).type('application/problem+json').send(problem);
    });
    scope.addHook('onClose', async () => {
      await Promise.all([...opened].map((queue) => queue.close().catch(() => undefined)));
      connection.disconnect();
    });
    await scope.register(board.registerPlugin() as never, { prefix: path });
  });
}

async function refusalOf(request: FastifyRequest, sessions: SessionsService, config: Config): Promise<DomainError | null> {
  const token = tokenOf(request, config);
  const asker = token ? await sessions.authenticate(token) : null;
  if (!asker) return new DomainError('unauthenticated');
  if (asker.actor.role !== 'administrator') return new DomainError('not_found');
  return asker.secondFactor === 'passed' ? null : new DomainError('second_factor_required');
}
