import type { IncomingMessage } from 'node:http';

type Raw = { request: IncomingMessage };

/** Of the request that opened a connection only the cookie is asked for later, by each namespace; the rest of it would be kept as long as the socket. */
export function keepLittle(engine: { on(event: 'connection', told: (raw: Raw) => void): unknown }) {
  engine.on('connection', (raw) => {
    const { cookie } = raw.request.headers;
    raw.request = { headers: { cookie }, connection: {}, url: '' } as unknown as IncomingMessage;
  });
}
