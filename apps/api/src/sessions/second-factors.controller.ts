import { Body, Controller, Inject, Post, Put, Res, SerializeOptions } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Actor, SecondFactorCode, SecondFactorStart, SessionView } from '#contract';
import { SecondFactorService } from '#people';
import { CONFIG, type Config } from '#platform';
import { BeforeSecondFactor, CurrentActor } from '../http/asker.js';
import { giveSession } from './session.cookie.js';

/** Setting up the second factor: a secret to scan, then its first code. */
@Controller('second-factors')
@BeforeSecondFactor()
export class SecondFactorsController {
  constructor(
    private readonly secondFactor: SecondFactorService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @SerializeOptions({ schema: SecondFactorStart })
  start(@CurrentActor() actor: Actor) {
    return this.secondFactor.start(actor);
  }

  @Put('confirmation')
  @SerializeOptions({ schema: SessionView })
  async confirm(
    @CurrentActor() actor: Actor,
    @Body({ schema: SecondFactorCode }) { code }: SecondFactorCode,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return giveSession(reply, this.config, await this.secondFactor.confirm(actor, code));
  }
}
