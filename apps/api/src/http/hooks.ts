import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problemOf } from './refusal.filter.js';
import { DomainError } from '#platform';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Called by machines of others, who have no page of ours: each carries its own proof, and no cookie counts there. */
const outside = /^\/api\/(unsubscriptions|bounces)\/[^/?]+$/;
const isFromOutside = (url: string) => outside.test(url);

/** The token of a partner's machine. What carries a cookie or comes from a page is a browser, and no token counts there. */
export const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  headers.cookie || headers.origin ? undefined : /^Bearer ([\w-]{20,200})$/.exec(headers.authorization ?? '')?.[1];

/** Around every request: the Origin of whoever changes something, no caching of replies, a log line without a word of content. */
export function addHooks(server: FastifyInstance, origins: readonly string[]) {
  const logger = new Logger('Request');
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api')) void reply.header('cache-control', 'no-store');
    if (safe.has(request.method) || origins.includes(request.headers.origin ?? '') || isFromOutside(request.url) || bearerOf(request))
      return;
    const problem = problemOf(new DomainError('origin_refused'));
    return reply.status(problem.status).type('application/problem+json').send(problem);
  });
  // A signature is over the bytes that came, not over what they say.
  server.addHook('preParsing', async (request, _, payload) => {
    if (!request.url.startsWith('/api/bounces/')) return payload;
    const chunks: Buffer[] = [];
    for await (const chunk of payload) if (chunks.push(chunk as Buffer) > 64) throw new DomainError('invalid');
    const untouched = Buffer.concat(chunks);
    Object.assign(request, { untouched });
    return Readable.from([untouched]);
  });
  // Only the public lists are compressed: long, and the same for everybody. A reply that holds a secret beside words
  // somebody else chose would tell it by its length (BREACH).
  server.addHook('onSend', async (request, reply, payload) => {
    if (request.url !== '/api/reference' || typeof payload !== 'string' || !request.headers['accept-encoding']?.includes('gzip'))
      return payload;
    void reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
    return gzipSync(payload);
  });
  server.addHook('onResponse', async (request, reply) => {
    if (!request.url.startsWith('/api')) return;
    logger.log({
      id: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
}
