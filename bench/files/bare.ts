import { createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import fastify from 'fastify';

/** The peer: bare Fastify that writes what comes to a file, as it comes, and to the disk. No session, no rights, no resuming; nothing sealed, nothing looked at. */
const folder = process.env.FOLDER!;
await mkdir(folder, { recursive: true });
const server = fastify();
server.addContentTypeParser('application/offset+octet-stream', (_, payload, done) => done(null, payload));
server.put<{ Params: { name: string } }>('/files/:name', async ({ params, body }) => {
  const path = join(folder, params.name);
  await pipeline(body as NodeJS.ReadableStream, createWriteStream(path));
  const file = await open(path, 'r+');
  await file.datasync();
  await file.close();
  return {};
});
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.on('disconnect', () => process.exit());
process.send?.('ready');
