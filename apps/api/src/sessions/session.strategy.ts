import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import Custom from 'passport-custom';
import { SessionsService } from '#people';
import { CONFIG, type Config } from '#platform';
import type { Asker } from '../http/asker.js';
import { tokenOf } from './session.cookie.js';

/** The session's cookie: who asks. ActorGuard runs it for every route. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Custom, 'session') {
  constructor(
    private readonly sessions: SessionsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  async validate(request: FastifyRequest): Promise<Asker | null> {
    const token = tokenOf(request, this.config);
    return token ? this.sessions.authenticate(token) : null;
  }
}
