import { Body, Controller, Get, HttpCode, Param, Put, SerializeOptions } from '@nestjs/common';
import { OffersService } from '#cases';
import { type Actor, AnswerOffer, Id, OfferView } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** What is offered to the mediator who asks. */
@Controller('offers')
export class OffersController {
  constructor(private readonly offers: OffersService) {}

  @Get()
  @SerializeOptions({ schema: OfferView })
  list(@CurrentActor() actor: Actor) {
    return this.offers.list(actor);
  }

  @Put(':id/answer')
  @HttpCode(204)
  answer(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AnswerOffer }) given: AnswerOffer) {
    return this.offers.answer(actor, id, given);
  }
}
