import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import Custom from 'passport-custom';
import { PartnerTokensService, SessionsService } from '#people';
import { CONFIG, type Config, DomainError } from '#platform';
import type { Asker } from '../http/asker.js';
import { bearerOf } from '../http/hooks.js';
import { tokenOf } from './session.cookie.js';

/** The session's cookie, or a partner's token: who asks. ActorGuard runs it for every route. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Custom, 'session') {
  constructor(
    private readonly sessions: SessionsService,
    private readonly tokens: PartnerTokensService,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  async validate(request: FastifyRequest): Promise<Asker | null> {
    const bearer = bearerOf(request);
    if (bearer) return this.partner(bearer);
    const token = tokenOf(request, this.config);
    return token ? this.sessions.authenticate(token) : null;
  }

  /** A token that opens nothing is no visitor: who shows one is told so. */
  private async partner(token: string): Promise<Asker> {
    const found = await this.tokens.authenticate(token);
    if (!found) throw new DomainError('unauthenticated');
    return { ...found, sessionId: null, secondFactor: 'none' };
  }
}
