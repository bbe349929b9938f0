import { Body, Controller, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { DisclosuresService, ObjectionsService } from '#cases';
import { type Actor, AnswerDisclosure, DecideObjection, DisclosureView, Id, MakeObjection, ObjectionView } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** What a mediator discloses of himself, and what a party objects to him. */
@Controller()
export class ConflictsController {
  constructor(
    private readonly disclosures: DisclosuresService,
    private readonly objections: ObjectionsService,
  ) {}

  @Get('cases/:id/disclosures')
  @SerializeOptions({ schema: DisclosureView })
  disclosed(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.disclosures.list(actor, id);
  }

  @Put('disclosures/:id/answer')
  @HttpCode(204)
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AnswerDisclosure }) { agrees }: AnswerDisclosure,
  ) {
    return this.disclosures.answer(actor, id, agrees);
  }

  @Get('cases/:id/objections')
  @SerializeOptions({ schema: ObjectionView })
  objected(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.objections.list(actor, id);
  }

  @Post('cases/:id/objections')
  @HttpCode(204)
  object(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MakeObjection }) { reason }: MakeObjection,
  ) {
    return this.objections.make(actor, id, reason);
  }

  @Put('objections/:id/decision')
  @HttpCode(204)
  decide(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: DecideObjection }) given: DecideObjection) {
    return this.objections.decide(actor, id, given);
  }
}
