import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import statics from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { earlyIn } from './early.js';

/** Serves the built web app; an unknown address that is no file and no API belongs to its router. */
export async function serveWeb(server: FastifyInstance, folder = resolve('dist/web')) {
  if (!existsSync(join(folder, 'index.html'))) return;
  await server.register(statics, {
    root: folder,
    wildcard: false,
    index: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) =>
      void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  const early = earlyIn(folder);
  server.get('/*', (request, reply) => {
    if (request.url.startsWith('/api/') || request.url.startsWith('/socket.io') || request.url.startsWith('/assets/'))
      return reply.callNotFound();
    const links = early({ url: request.url, cookie: request.headers.cookie });
    if (links) void reply.header('link', links);
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
