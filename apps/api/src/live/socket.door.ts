import { Inject, Injectable } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import type { SignedIn } from '#contract';
import { sessionCookie, SessionsService } from '#people';
import { CONFIG, type Config, DomainError } from '#platform';
import type { Asker } from '../http/asker.js';
import { problemOf } from '../http/refusal.filter.js';
import { SessionWatch } from './session.watch.js';

/** What a socket carries: who asks, since when we know, and the rooms it has entered. */
export type SocketData = { asker: Asker & { actor: SignedIn }; sessionId: string; askedAt: number; entered?: string[] };

/** Nobody passes without a living session: the cookie that opens HTTP opens the socket (the Origin was judged before, at the handshake). */
@Injectable()
export class SocketDoor {
  constructor(
    private readonly sessions: SessionsService,
    private readonly watch: SessionWatch,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  guard(namespace: Namespace) {
    this.watch.watch(namespace);
    namespace.use(async (socket, next) => next(await this.admit(socket)));
    namespace.on('connection', (socket) => {
      const { sessionId, asker, askedAt } = socket.data as SocketData;
      if (this.watch.endedSince([sessionId, asker.actor.id], askedAt)) socket.disconnect(true);
    });
  }

  /** Undefined: may enter; else why not. */
  private async admit(socket: Socket): Promise<Error | undefined> {
    try {
      socket.data = await this.recognise(socket);
      return undefined;
    } catch (error) {
      return refusal(error);
    }
  }

  private async recognise(socket: Socket): Promise<SocketData> {
    const askedAt = performance.now();
    const token = cookieOf(socket.request.headers.cookie ?? '', sessionCookie(this.config));
    const found = token ? await this.sessions.authenticate(token) : null;
    if (!found) throw new DomainError('unauthenticated');
    const { actor, sessionId, secondFactor } = found;
    if (secondFactor === 'needed' || secondFactor === 'to_set') throw new DomainError('second_factor_required');
    return { asker: { actor: { ...actor, sessionId }, sessionId, secondFactor }, sessionId, askedAt };
  }
}

function cookieOf(header: string, name: string): string | undefined {
  const pair = header.split(';').find((one) => one.trim().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1);
}

function refusal(error: unknown) {
  const problem = problemOf(error);
  return Object.assign(new Error(problem.code), { data: { problem } });
}
