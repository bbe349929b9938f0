import { Body, Controller, Inject, Post, Req, Res, SerializeOptions } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, OpenHouseSession, SessionView } from '#contract';
import { HouseSessionsService } from '#people';
import { CONFIG, type Config } from '#platform';
import { CurrentActor } from '../http/asker.js';
import { fromOf, giveSession } from './session.cookie.js';

/** Handing the House's computer over to somebody without a telephone. */
@Controller('house-sessions')
export class HouseSessionsController {
  constructor(
    private readonly houseSessions: HouseSessionsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @SerializeOptions({ schema: SessionView })
  async open(
    @CurrentActor() actor: Actor,
    @Body({ schema: OpenHouseSession }) who: OpenHouseSession,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return giveSession(reply, this.config, await this.houseSessions.open(actor, who, fromOf(request)));
  }
}
