import { request as requestPlain } from 'node:http';
import { request as requestSealed } from 'node:https';
import { isIP } from 'node:net';
import { FeedFailure, type FeedLimits, judged } from '#times';

export type CallLimits = Pick<FeedLimits, 'milliseconds' | 'mayReach' | 'resolve'>;

/**
 * Sends one body to an address that a partner gave us, and returns the status. The rules of addresses of others hold (docs/security.md): the name
 * is resolved once and all of it judged, a redirect is an answer like any other and is not followed, nothing of what is answered is read.
 */
export async function post(address: string, headers: Record<string, string>, body: string, limits: CallLimits): Promise<number> {
  const signal = AbortSignal.timeout(limits.milliseconds);
  const url = new URL(address);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !limits.mayReach(host, port)) throw new FeedFailure('private_address'); // a number is not looked up
  const all = {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Kelisim (facts)',
  };
  const options = { method: 'POST', headers: all, signal, agent: false, lookup: judged(limits, port) } as const;
  try {
    return await new Promise<number>((answered, fail) => {
      const sent = (url.protocol === 'https:' ? requestSealed : requestPlain)(url, options, (answer) => {
        answered(answer.statusCode ?? 0);
        answer.destroy();
      });
      sent.on('error', fail);
      sent.end(body);
    });
  } catch (error) {
    if (error instanceof FeedFailure) throw error;
    throw new FeedFailure(signal.aborted ? 'too_slow' : 'unreachable');
  }
}
