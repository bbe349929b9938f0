import { Body, Controller, HttpCode, Post, Req, SerializeOptions } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Actor, CheckMessage, MessageCheck } from '#contract';
import { NoticesService } from '#notifications';
import { CurrentActor, Public } from '../http/asker.js';
import { fromOf } from '../sessions/session.cookie.js';

/** "Is this message real?" */
@Controller('message-checks')
@Public()
export class MessageChecksController {
  constructor(private readonly notices: NoticesService) {}

  @Post()
  @HttpCode(200)
  @SerializeOptions({ schema: MessageCheck })
  check(@CurrentActor() actor: Actor, @Body({ schema: CheckMessage }) { code }: CheckMessage, @Req() request: FastifyRequest) {
    return this.notices.check(actor, code, fromOf(request).network);
  }
}
