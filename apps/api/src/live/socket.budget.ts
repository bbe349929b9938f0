import type { Namespace } from 'socket.io';
import type { z } from 'zod';
import { DomainError } from '#platform';
import { problemOf } from '../http/refusal.filter.js';

/** What one socket may send: so much at once, so much per second after that, and so many frames that no page of ours would send. */
const limits = { burst: 300, perSecond: 100, strikes: 20 };
const strikes = new WeakMap<object, number>();

/** Every frame costs; an unknown event or a malformed one is a strike, and a socket with too many is closed. */
export function limitFrames(namespace: Pick<Namespace, 'on'>, known: readonly string[]) {
  namespace.on('connection', (socket) => {
    let [left, at] = [limits.burst, Date.now()];
    socket.use(([event, ...args], next) => {
      const now = Date.now();
      left = Math.min(limits.burst, left + ((now - at) / 1000) * limits.perSecond) - 1;
      at = now;
      if (left >= 0 && known.includes(event)) return next();
      strike(socket);
      const answer: unknown = args.at(-1);
      const refusal = left < 0 ? new DomainError('too_many_attempts', { retryAfter: 1 }) : new DomainError('invalid');
      if (typeof answer === 'function') answer({ problem: problemOf(refusal) });
    });
  });
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
