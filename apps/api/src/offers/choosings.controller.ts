import { Body, Controller, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { ChoosingsService } from '#cases';
import { type Actor, AnswerChoosing, ChoosingView, Id } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** Both sides choose the mediator from one list. */
@Controller()
export class ChoosingsController {
  constructor(private readonly choosings: ChoosingsService) {}

  @Get('cases/:id/choosings')
  @SerializeOptions({ schema: ChoosingView })
  list(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.choosings.list(actor, id);
  }

  @Post('cases/:id/choosings')
  @HttpCode(204)
  open(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.choosings.open(actor, id);
  }

  @Put('choosings/:id/answer')
  @HttpCode(204)
  answer(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AnswerChoosing }) given: AnswerChoosing) {
    return this.choosings.answer(actor, id, given);
  }
}
