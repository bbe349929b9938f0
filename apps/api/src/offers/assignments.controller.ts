import { Body, Controller, Get, HttpCode, Param, Put, SerializeOptions } from '@nestjs/common';
import { CasesService, OffersService, ReplacementsService, toCaseView } from '#cases';
import { type Actor, Candidate, CaseView, Id, OfferCase } from '#contract';
import { CurrentActor } from '../http/asker.js';
import { DoneOnce } from '../http/once.interceptor.js';

/** The desk looks for a mediator. */
@Controller('cases/:id')
export class AssignmentsController {
  constructor(
    private readonly offers: OffersService,
    private readonly replacements: ReplacementsService,
    private readonly cases: CasesService,
  ) {}

  @Get('candidates')
  @SerializeOptions({ schema: Candidate })
  candidates(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.offers.candidates(actor, id);
  }

  @Put('offer')
  @DoneOnce()
  @SerializeOptions({ schema: CaseView })
  async offer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: OfferCase }) { mediatorId }: OfferCase,
  ) {
    await this.offers.offer(actor, id, mediatorId);
    return toCaseView(await this.cases.read(actor, id), actor);
  }

  /** The case goes back to the desk, to be offered to somebody else. */
  @Put('replacement')
  @DoneOnce()
  @SerializeOptions({ schema: CaseView })
  async replace(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    await this.replacements.replace(actor, id);
    return toCaseView(await this.cases.read(actor, id), actor);
  }

  /** The mediator steps back: the same, by himself, and nothing of the case is left to answer with. */
  @Put('recusal')
  @HttpCode(204)
  stepBack(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.replacements.stepBack(actor, id);
  }
}
