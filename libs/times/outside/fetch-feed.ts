import { lookup as resolve, type LookupAddress } from 'node:dns';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSealed } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { OutsideFailure } from '#contract';
import { isPublicAddress } from './public-address.js';

/** Why a calendar can't be read, in the words its owner is told. */
export class FeedFailure extends Error {
  constructor(readonly failure: OutsideFailure) {
    super(failure);
  }
}
/** What the server said of the last reading (RFC 9110, 13): sent back, so that an unchanged calendar is not sent again. */
export type Validators = { etag: string | null; lastModified: string | null };
export type FeedAnswer = ({ text: string } & Validators) | 'unchanged';
export type FeedLimits = {
  bytes: number;
  /** For all of it, redirects included. */
  milliseconds: number;
  redirects: number;
  /** May this address be connected to? Asked of what a name resolves to, at the moment of connecting. */
  mayReach: (address: string, port: number) => boolean;
  /** For tests of names that change their mind. */
  resolve: typeof resolve;
};

const usualPorts = new Set([80, 443, 8080, 8443]);
export const feedLimits: FeedLimits = {
  bytes: 5_000_000,
  milliseconds: 20_000,
  redirects: 5,
  mayReach: (address, port) => isPublicAddress(address) && usualPorts.has(port),
  resolve,
};

/**
 * Reads what stands at an address that somebody gave us. The address may be meant to turn our server against its own network, so every hop is
 * judged by the address it really connects to: the name is resolved once, all that it resolves to is judged, and the connection goes to what
 * was judged (no second look-up that a name could answer differently).
 */
export async function fetchFeed(address: string, known: Validators, limits: FeedLimits = feedLimits): Promise<FeedAnswer> {
  const signal = AbortSignal.timeout(limits.milliseconds);
  let url = new URL(address);
  try {
    for (let hops = 0; hops <= limits.redirects; hops += 1) {
      const answer = await ask(url, known, limits, signal);
      const { statusCode = 0, headers } = answer;
      if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) return await read(answer, limits);
      answer.destroy();
      url = nextOf(url, headers.location);
    }
  } catch (error) {
    throw failureOf(error, signal);
  }
  throw new FeedFailure('too_many_redirects');
}

function nextOf(url: URL, location: string): URL {
  const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
  if (!next || (url.protocol === 'https:' && next.protocol !== 'https:')) throw new FeedFailure('refused');
  return next;
}

function ask(url: URL, { etag, lastModified }: Validators, limits: FeedLimits, signal: AbortSignal): Promise<IncomingMessage> {
  if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password) throw new FeedFailure('refused');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !limits.mayReach(host, port)) throw new FeedFailure('private_address'); // a number is not looked up
  const headers = {
    accept: 'text/calendar, text/plain;q=0.5',
    'accept-encoding': 'identity',
    'user-agent': 'Kelisim (calendar)',
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  };
  const options = { headers, signal, agent: false, lookup: judged(limits, port) } as const;
  return new Promise((answer, fail) => {
    const sent = (url.protocol === 'https:' ? requestSealed : requestPlain)(url, options, answer);
    sent.on('error', fail);
    sent.end();
  });
}

/** One look-up; if any of what it finds is closed to us, none of it is used. */
export function judged({ mayReach, resolve: find }: Pick<FeedLimits, 'mayReach' | 'resolve'>, port: number): LookupFunction {
  return (hostname, { all, family, hints }, told) =>
    find(hostname, { all: true, family, hints }, (error, found: LookupAddress[] = []) => {
      const [first] = found;
      if (error || !first) told(error ?? new FeedFailure('unreachable'), '', 0);
      else if (!found.every(({ address }) => mayReach(address, port))) told(new FeedFailure('private_address'), '', 0);
      else if (all) told(null, found);
      else told(null, first.address, first.family);
    });
}

/** Counted while it comes: what is too large is not waited for. */
async function read(answer: IncomingMessage, { bytes }: FeedLimits): Promise<FeedAnswer> {
  const { statusCode = 0, headers } = answer;
  const stop = (failure: OutsideFailure) => {
    answer.destroy();
    return new FeedFailure(failure);
  };
  if (statusCode === 304) {
    answer.destroy();
    return 'unchanged';
  }
  if (statusCode >= 500 || statusCode === 429) throw stop('unreachable');
  if (statusCode !== 200) throw stop('refused');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw stop('not_a_calendar'); // was not asked for: nothing unfolds here
  if (Number(headers['content-length'] ?? 0) > bytes) throw stop('too_large');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > bytes) throw stop('too_large');
    if (parts.length === 0 && !/^(?:\uFEFF|\s)*(?:$|B)/i.test(part.toString('utf8', 0, 40))) throw stop('not_a_calendar');
    parts.push(part);
  }
  return { text: Buffer.concat(parts).toString('utf8'), etag: short(headers.etag), lastModified: short(headers['last-modified']) };
}

const short = (value: string | undefined) => (value && value.length <= 200 ? value : null);

function failureOf(error: unknown, signal: AbortSignal): FeedFailure {
  if (error instanceof FeedFailure) return error;
  return new FeedFailure(signal.aborted ? 'too_slow' : 'unreachable');
}
