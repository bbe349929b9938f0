import type { z } from 'zod';
import { type ErrorCode, errors } from '#contract';
import { hearTime } from './clock.js';
import { currentLanguage } from './words.js';

const hearers = new Set<() => void>();
/** The session this page acts in may have ended: the server has shut a socket, or a room. */
export const whenSentAway = (hear: () => void) => hearers.add(hear);
export const sentAway = () => hearers.forEach((hear) => hear());

/** Somebody has answered: there is a line. */
const answered = new Set<() => void>();
export const whenAnswered = (hear: () => void) => answered.add(hear);

/** `key`: sent as Idempotency-Key, so that an act whose answer was lost on the way is not done twice. */
type Request = { method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE'; body?: unknown; signal?: AbortSignal; key?: string };
type ProblemCode = ErrorCode | 'offline' | 'unreadable';

/** Why a call did not succeed, in a form a page can say: errors.CODE. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly status = 0,
    /** What is wrong with which field: path → code of the complaint. */
    readonly fields: Record<string, string> = {},
    readonly details: Record<string, unknown> = {},
  ) {
    super(code);
  }
}

let underWay = 0;
const lookEvery = 100;
const longestWait = 15_000;
/** When nothing is being asked for: what nobody waits for does not stand in the way, on a weak line, of what somebody does. */
export async function whenQuiet(): Promise<void> {
  const until = performance.now() + longestWait;
  const isBusy = () => underWay > 0 && performance.now() < until;
  do await new Promise((resolve) => setTimeout(resolve, lookEvery));
  while (isBusy());
}

/** One request to the cabinet. The reply is read through its schema, so a page never meets a shape it does not know. */
export async function call<S extends z.ZodType>(
  schema: S,
  path: string,
  { method, body, signal, key }: Request = {},
): Promise<z.output<S>> {
  const reply = await send(path, {
    method: method ?? 'GET',
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'accept-language': currentLanguage(),
      ...(body === undefined || body instanceof Blob ? {} : { 'content-type': 'application/json' }), // a table names its own type
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const read = await readBody(reply);
  if (!reply.ok) throw problemFrom(reply.status, read);
  const parsed = schema.safeParse(read);
  if (!parsed.success) throw new Problem('unreadable', reply.status);
  return parsed.data;
}

/** A paper the cabinet makes when it is asked to, saved on this device under the name the cabinet gives it. */
export async function download(path: string, body: unknown): Promise<void> {
  const headers = { 'accept-language': currentLanguage(), 'content-type': 'application/json' };
  const reply = await send(path, { method: 'POST', credentials: 'same-origin', headers, body: JSON.stringify(body) });
  if (!reply.ok) throw problemFrom(reply.status, await readBody(reply));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await reply.blob());
  link.download = /filename="([^"]+)"/.exec(reply.headers.get('content-disposition') ?? '')?.[1] ?? '';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function send(path: string, request: RequestInit) {
  underWay += 1;
  try {
    const reply = await fetch(`/api${path}`, request);
    hearTime(reply.headers.get('date'));
    for (const hear of answered) hear();
    return reply;
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new Problem('offline');
  } finally {
    underWay -= 1;
  }
}

async function readBody(reply: Response): Promise<unknown> {
  const text = await reply.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(reply.status >= 500 ? 'unavailable' : 'unreadable', reply.status);
  }
}

/** problem+json names its code in the last part of `type`. Anything else that failed is told by its status alone. */
function problemFrom(status: number, body: unknown): Problem {
  const { type, fields, ...details } = (body ?? {}) as Record<string, unknown>;
  const code =
    String(type ?? '')
      .split('/')
      .at(-1) ?? '';
  const known = code in errors ? (code as ErrorCode) : (byStatus[status] ?? 'internal');
  return new Problem(known, status, (fields ?? {}) as Record<string, string>, details);
}

const byStatus: Record<number, ErrorCode> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'not_found',
  404: 'not_found',
  409: 'conflict',
  413: 'file.too_large',
  429: 'too_many_attempts',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};
