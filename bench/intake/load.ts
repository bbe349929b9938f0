import { Agent, request } from 'node:http';

const connections = 16;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
export type Reply = { rows: { id: string }[]; next: string | null };

/** One request over one of the kept connections. */
export function get(port: number, path: string, cookie = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, agent, headers: { accept: 'application/json', cookie } }, (reply) => {
      let body = '';
      reply.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      reply.on('end', () =>
        reply.statusCode === 200 ? resolve(JSON.parse(body) as Reply) : reject(new Error(`${reply.statusCode} ${body}`)),
      );
    });
    asked.on('error', reject).end();
  });
}

/** Sixteen callers, each asking again as soon as it is answered. */
export async function press(seconds: number, ask: (at: number) => Promise<Reply>): Promise<{ perSecond: number; ms: number[] }> {
  const ms: number[] = [];
  let at = 0;
  const begun = performance.now();
  const until = begun + seconds * 1_000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const from = performance.now();
        const { rows } = await ask((at += 1));
        ms.push(performance.now() - from);
        if (rows.length !== 20) throw new Error(`a page of ${rows.length}`);
      }
    }),
  );
  return { perSecond: ms.length / ((performance.now() - begun) / 1_000), ms };
}
