import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, it } from 'vitest';
import { Hurry } from './hurry.js';

async function serve(port = 0) {
  const http = createServer();
  const server = new Server(http, { transports: ['websocket'] });
  server.of('/one').on('connection', () => undefined);
  server.of('/other').on('connection', () => undefined);
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  return { server, port: (http.address() as AddressInfo).port };
}

it('does not wait out a pause of many minutes when the line is back: both namespaces stand again at once', async () => {
  const first = await serve();
  const hurry = new Hurry();
  const pause = { reconnectionDelay: 600_000, reconnectionDelayMax: 600_000 };
  const open = (name: string) => io(`http://127.0.0.1:${first.port}${name}`, { transports: ['websocket'], ...pause });
  const sockets = [open('/one'), open('/other')];
  const stand = () =>
    Promise.all(sockets.map((socket) => socket.connected || new Promise((resolve) => socket.once('connect', () => resolve(true)))));
  for (const socket of sockets) hurry.watch(socket);
  await stand();
  const fell = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('disconnect', resolve))));
  await first.server.close();
  await fell;
  const again = await serve(first.port);
  hurry.unlessTrying();
  await stand();
  expect(sockets.map(({ connected }) => connected)).toEqual([true, true]);
  for (const socket of sockets) socket.disconnect();
  await again.server.close();
});
