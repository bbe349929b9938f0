import type { Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import { DomainError } from '#platform';
import { refused } from '../http/refusal.filter.js';

/** What one socket may send: so much at once, so much per second after that, and so many frames that no page of ours would send. */
const limits = { burst: 300, perSecond: 100, strikes: 20 };
const strikes = new WeakMap<object, number>();

/** What clients may say on a namespace: for each event, what is done with its frame; what comes back is the acknowledgement. */
export type Frames<S> = ReadonlyMap<string, (socket: S, frame: unknown) => unknown>;

/**
 * Hands every frame to its event, and answers it. Every frame costs; an unknown event or a malformed one is a strike, and a socket with
 * too many is closed. One listener per socket for all events: the framework's pipeline per event and socket would cost more memory than the rest of an idle socket.
 */
export function takeFrames<S extends Socket>(namespace: Pick<Namespace, 'on'>, frames: Frames<S>) {
  namespace.on('connection', (socket) => {
    let [left, at] = [limits.burst, performance.now()];
    socket.use(([event, ...args]: [string, ...unknown[]]) => {
      const now = performance.now();
      left = Math.min(limits.burst, left + ((now - at) / 1000) * limits.perSecond) - 1;
      at = now;
      const last = args.at(-1);
      const answer = typeof last === 'function' ? (last as (reply: unknown) => void) : undefined;
      const work = left < 0 ? undefined : frames.get(event);
      if (work) return void say(() => work(socket as unknown as S, args[0] === answer ? undefined : args[0]), answer);
      strike(socket);
      answer?.(refused(left < 0 ? new DomainError('too_many_attempts', { retryAfter: 1 }) : new DomainError('invalid')));
    });
  });
}

/** The answer to a frame, or why not; never a silence where an answer was asked for. */
async function say(work: () => unknown, answer?: (reply: unknown) => void) {
  try {
    const reply = await work();
    answer?.(reply);
  } catch (error) {
    const reply = refused(error);
    answer?.(reply);
  }
}

/** What a frame carries, by its schema; nothing of it is quoted back. */
export function parseFrame<T extends z.ZodType>(socket: { disconnect(close: boolean): unknown }, schema: T, frame: unknown): z.infer<T> {
  const parsed = schema.safeParse(frame);
  if (parsed.success) return parsed.data;
  strike(socket);
  throw new DomainError('invalid', { fields: Object.fromEntries(parsed.error.issues.map(({ path, code }) => [path.join('.'), code])) });
}

function strike(socket: { disconnect(close: boolean): unknown }) {
  const count = (strikes.get(socket) ?? 0) + 1;
  strikes.set(socket, count);
  if (count >= limits.strikes) socket.disconnect(true);
}
