import { io, type Socket } from 'socket.io-client';
import type { LiveServerEvents, RoomClientEvents, RoomServerEvents } from '#contract';

export type Reply<T = Record<string, unknown>> = { status: number; headers: Headers; body: T; text: string };

/** Somebody at a browser, over the public interfaces alone: a cookie jar, fetch with an Origin, sockets with the same cookies. */
export class Visitor {
  private readonly jar = new Map<string, string>();
  private readonly sockets: Socket[] = [];
  /** Told of everything that arrives here: replies with their headers, and socket frames. */
  received: (what: string, text: string) => void = () => undefined;

  constructor(readonly origin: string) {}

  get = <T = Record<string, unknown>>(path: string) => this.call<T>('GET', path);
  post = <T = Record<string, unknown>>(path: string, body: unknown = {}) => this.call<T>('POST', path, body);
  put = <T = Record<string, unknown>>(path: string, body: unknown = {}) => this.call<T>('PUT', path, body);
  patch = <T = Record<string, unknown>>(path: string, body: unknown = {}) => this.call<T>('PATCH', path, body);
  delete = <T = Record<string, unknown>>(path: string) => this.call<T>('DELETE', path);

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<T>> {
    const reply = await this.fetch(`${this.origin}/api${path}`, {
      method,
      headers: {
        origin: this.origin,
        cookie: this.cookies(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
    });
    for (const line of reply.headers.getSetCookie()) this.remember(line);
    const text = await reply.text();
    this.received(`${method} ${path} ${reply.status}`, `${JSON.stringify([...reply.headers])}\n${text}`);
    return { status: reply.status, headers: reply.headers, text, body: (text ? parsed(text) : {}) as T };
  }

  /** How long to try again while nobody answers: every act may be repeated without harm. */
  patienceMs = 0;

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    for (const until = Date.now() + this.patienceMs; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      try {
        return await fetch(url, init);
      } catch (error) {
        if (Date.now() >= until) throw error;
      }
    }
  }

  /** A socket on /rooms with this visitor's cookies; closed by `leave`. */
  rooms(headers: Record<string, string> = {}): Socket<RoomServerEvents, RoomClientEvents> {
    return this.socket('/rooms', headers) as Socket<RoomServerEvents, RoomClientEvents>;
  }

  live(): Socket<LiveServerEvents> {
    return this.socket('/live') as Socket<LiveServerEvents>;
  }

  leave() {
    for (const socket of this.sockets) socket.disconnect();
  }

  cookies() {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private socket(namespace: string, headers: Record<string, string> = {}): Socket {
    const socket = io(`${this.origin}${namespace}`, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { origin: this.origin, cookie: this.cookies(), ...headers },
    });
    this.sockets.push(socket);
    socket.onAny((event: string, ...args: unknown[]) => this.received(`${namespace} ${event}`, JSON.stringify(args)));
    return socket;
  }

  private remember(line: string) {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    const gone = !value || attributes.some((one) => /^\s*max-age=0$/i.test(one));
    if (gone) this.jar.delete(name);
    else this.jar.set(name, value);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
