import { io, type Socket } from 'socket.io-client';
import type { LiveServerEvents, RoomClientEvents, RoomServerEvents } from '#contract';
import { Problem, sentAway } from '../api.js';

export type RoomSocket = Socket<RoomServerEvents, RoomClientEvents>;
export type LiveSocket = Socket<LiveServerEvents>;

/** A page that is left for another one that needs the same socket does not cost a new handshake. */
const graceMs = 3_000;
const askAgainMs = 5_000;

/** One socket of a namespace for the whole page, open while anybody holds it. Both namespaces travel over one connection. */
class SharedSocket<S extends Socket> {
  private socket: S | null = null;
  private holders = 0;
  private closing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly namespace: string) {}

  hold(): S {
    clearTimeout(this.closing);
    this.holders += 1;
    this.socket ??= open<S>(this.namespace);
    if (!this.socket.active) this.socket.connect();
    return this.socket;
  }

  release() {
    this.holders -= 1;
    if (this.holders === 0)
      this.closing = setTimeout(() => {
        this.socket?.disconnect();
        this.socket = null;
      }, graceMs);
  }
}

export const rooms = new SharedSocket<RoomSocket>('/rooms');
export const live = new SharedSocket<LiveSocket>('/live');

/** Websocket only: where it is cut, rooms are read over HTTP, which needs no sticky connection. */
function open<S extends Socket>(namespace: string): S {
  const socket = io(namespace, { transports: ['websocket'], autoConnect: false, reconnectionDelayMax: 10_000 });
  // Sent away by the server (the session changed) or refused at the door: Socket.IO itself does not come back from these.
  socket.on('disconnect', (reason) => reason === 'io server disconnect' && (sentAway(), comeBack(socket)));
  socket.on('connect_error', () => !socket.active && (sentAway(), comeBack(socket)));
  return socket.connect() as unknown as S;
}

const comeBack = (socket: Socket) => setTimeout(() => socket.active || socket.connect(), askAgainMs);

type Refused = { problem: { code: string; status: number } };
const isRefused = (reply: unknown): reply is Refused => typeof reply === 'object' && reply !== null && 'problem' in reply;

/** What was asked over a socket: the answer, or the refusal as a Problem, as `call` does over HTTP. */
export function answerOf<T>(reply: T | Refused): T {
  if (isRefused(reply)) throw new Problem(reply.problem.code as Problem['code'], reply.problem.status);
  return reply;
}
