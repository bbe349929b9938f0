import { Agent, request } from 'node:http';

export const connections = 16;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
export type Server = { port: number; headers?: Record<string, string> };
export type Page = { rows: { id: string }[]; next: string | null };

/** One request over one of the kept connections. */
export function call<T>(
  { port, headers = {} }: Server,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  more: object = {},
): Promise<T> {
  const said = body && JSON.stringify(body);
  const length = said ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(said) } : {};
  return new Promise((resolve, reject) => {
    const options = {
      port,
      host: '127.0.0.1',
      method,
      path,
      agent,
      headers: { accept: 'application/json', ...headers, ...length, ...more },
    };
    const asked = request(options, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      reply.on('end', () =>
        reply.statusCode! < 300
          ? resolve((text ? JSON.parse(text) : null) as T)
          : reject(new Error(`${path}: ${reply.statusCode} ${text}`)),
      );
    });
    asked.on('error', reject).end(said);
  });
}

/** Sixteen callers, each asking again as soon as it is answered. */
export async function press(seconds: number, ask: (at: number) => Promise<unknown>): Promise<{ perSecond: number; ms: number[] }> {
  const ms: number[] = [];
  let at = 0;
  const begun = performance.now();
  const until = begun + seconds * 1_000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const from = performance.now();
        await ask((at += 1));
        ms.push(performance.now() - from);
      }
    }),
  );
  return { perSecond: ms.length / ((performance.now() - begun) / 1_000), ms };
}

/** So many of them, sixteen at a time. */
export async function each<T>(count: number, work: (at: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let at = 0;
  const one = async () => {
    while (at < count) done.push(await work((at += 1)));
  };
  await Promise.all(Array.from({ length: connections }, one));
  return done;
}
