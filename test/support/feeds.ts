import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const calendarOf = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
export const eventOf = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:1@x', 'SUMMARY:Dentist', ...lines, 'END:VEVENT'].join('\r\n');

/** Somebody's calendar server, on this machine. It answers by path; what was asked of it is kept. */
export async function startFeeds(answers: Record<string, (response: ServerResponse, request: IncomingMessage) => void>) {
  const asked: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    const answer = answers[new URL(request.url ?? '', 'http://x').pathname];
    if (answer) answer(response, request);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    answers,
    at: (path: string, host = '127.0.0.1') => `http://${host}:${port}${path}`,
    stop: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
