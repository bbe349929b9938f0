import { Body, Controller, Get, HttpCode, Param, Put, SerializeOptions } from '@nestjs/common';
import { type Actor, AnswerSatisfaction, Id, SatisfactionAsked } from '#contract';
import { SatisfactionService } from '#oversight';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** Four questions after a stage, to a party. */
@Controller('cases/:id/satisfaction')
export class SatisfactionController {
  constructor(private readonly satisfaction: SatisfactionService) {}

  @Get()
  @SerializeOptions({ schema: SatisfactionAsked })
  asked(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.satisfaction.asked(actor, id);
  }

  @Put()
  @HttpCode(204)
  answer(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: AnswerSatisfaction }) given: AnswerSatisfaction) {
    return this.satisfaction.answer(actor, id, given);
  }
}
