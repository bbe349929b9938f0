import { Body, Controller, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { type Actor, CourtAct, DecideCorrection, EnterCourtAct, Id } from '#contract';
import { CourtActsService } from '#oversight';
import { CurrentActor } from '../http/asker.js';
import { DoneOnce } from '../http/once.interceptor.js';

const ById = { schema: Id };

/** What a court enters about its own case: term, suspension, ruling; and corrections, which need a second person. */
@Controller('court')
@SerializeOptions({ schema: CourtAct })
export class CourtActsController {
  constructor(private readonly acts: CourtActsService) {}

  @Get('cases/:id/acts')
  list(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.acts.list(actor, id);
  }

  @Post('cases/:id/acts')
  @DoneOnce()
  @HttpCode(200)
  enter(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: EnterCourtAct }) asked: EnterCourtAct) {
    return this.acts.enter(actor, id, asked);
  }

  @Put('acts/:id/decision')
  decide(
    @CurrentActor() actor: Actor,
    @Param('id', ById) id: string,
    @Body({ schema: DecideCorrection }) { accepted }: { accepted: boolean },
  ) {
    return this.acts.decide(actor, id, accepted);
  }
}
