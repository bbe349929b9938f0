import { Controller, Get, Param, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, CourtQuery, CourtRow, CourtRows, Id } from '#contract';
import { CourtCaseload } from '#oversight';
import { CurrentActor } from '../http/asker.js';

@Controller('court/cases')
export class CourtController {
  constructor(private readonly caseload: CourtCaseload) {}

  @Get()
  @SerializeOptions({ schema: CourtRows })
  list(@CurrentActor() actor: Actor, @Query({ schema: CourtQuery }) query: CourtQuery) {
    return this.caseload.list(actor, query);
  }

  @Get(':id')
  @SerializeOptions({ schema: CourtRow })
  card(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.caseload.card(actor, id);
  }
}
