import type { Socket } from 'socket.io-client';
import type { LiveServerEvents, RoomClientEvents, RoomServerEvents } from '#contract';
import { Problem } from '../api.js';
import { whenThereIsTime } from './later.js';

export type RoomSocket = Socket<RoomServerEvents, RoomClientEvents>;
export type LiveSocket = Socket<LiveServerEvents>;

/** A page that is left for another one that needs the same socket does not cost a new handshake. */
const graceMs = 3_000;

/**
 * One socket of a namespace for the whole page, open while anybody holds it. Both namespaces travel over one connection. Its program comes
 * after what the page shows: until then, and where it never comes, rooms are read and written over HTTP.
 */
class SharedSocket<S extends Socket> {
  private coming: Promise<S> | null = null;
  private holders = 0;
  private closing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly namespace: string) {}

  /** `join` is told of the socket when it is there, and answers how to leave it. Returns how to let go. */
  hold(join: (socket: S) => () => void): () => void {
    clearTimeout(this.closing);
    this.holders += 1;
    let leave: (() => void) | undefined;
    let isOver = false;
    void this.come().then((socket) => {
      if (isOver) return;
      if (!socket.active) socket.connect();
      leave = join(socket);
    });
    return () => {
      isOver = true;
      leave?.();
      this.release();
    };
  }

  private come() {
    return (this.coming ??= this.open());
  }

  private async open(): Promise<S> {
    const { open } = await whenThereIsTime(() => import('./socket.js'));
    return open(this.namespace) as unknown as S;
  }

  private release() {
    this.holders -= 1;
    if (this.holders > 0) return;
    this.closing = setTimeout(() => {
      void this.coming?.then((socket) => socket.disconnect());
      this.coming = null;
    }, graceMs);
  }
}

export const rooms = new SharedSocket<RoomSocket>('/rooms');
export const live = new SharedSocket<LiveSocket>('/live');

type Refused = { problem: { code: string; status: number } };
const isRefused = (reply: unknown): reply is Refused => typeof reply === 'object' && reply !== null && 'problem' in reply;

/** What was asked over a socket: the answer, or the refusal as a Problem, as `call` does over HTTP. */
export function answerOf<T>(reply: T | Refused): T {
  if (isRefused(reply)) throw new Problem(reply.problem.code as Problem['code'], reply.problem.status);
  return reply;
}
