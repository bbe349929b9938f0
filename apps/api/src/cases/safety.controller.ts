import { Body, Controller, Get, HttpCode, Param, Put, SerializeOptions } from '@nestjs/common';
import { SafetyService } from '#cases';
import { type Actor, Id, SafetyAnswer, SafetyAnswers } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** Asked of each side alone; read by the accepted mediator. */
@Controller('cases/:id/safety')
export class SafetyController {
  constructor(private readonly safety: SafetyService) {}

  @Get()
  @SerializeOptions({ schema: SafetyAnswers.element })
  show(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.safety.read(actor, id);
  }

  @Put()
  @HttpCode(204)
  answer(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: SafetyAnswer }) given: SafetyAnswer) {
    return this.safety.answer(actor, id, given);
  }
}
