import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, SerializeOptions } from '@nestjs/common';
import {
  type Actor,
  CourtCounts,
  CourtFact,
  CourtFilter,
  CourtQuery,
  CourtRow,
  CourtRows,
  Id,
  KeepCourtFilter,
  RegisterQuery,
  RegisterRows,
  WatchCases,
  WatchedCases,
} from '#contract';
import { CourtCaseload, CourtKeeping, CourtRegister } from '#oversight';
import { CurrentActor, ForPartners } from '../http/asker.js';

const ById = { schema: Id };

/** The own court's cases: the board, a card, its facts; and what a clerk keeps for himself. */
@Controller('court')
export class CourtController {
  constructor(
    private readonly caseload: CourtCaseload,
    private readonly keeping: CourtKeeping,
    private readonly register: CourtRegister,
  ) {}

  @Get('cases')
  @ForPartners('caseload')
  @SerializeOptions({ schema: CourtRows })
  list(@CurrentActor() actor: Actor, @Query({ schema: CourtQuery }) query: CourtQuery) {
    return this.caseload.list(actor, query);
  }

  @Get('counts')
  @SerializeOptions({ schema: CourtCounts })
  counts(@CurrentActor() actor: Actor) {
    return this.caseload.counts(actor);
  }

  @Get('register')
  @SerializeOptions({ schema: RegisterRows })
  rows(@CurrentActor() actor: Actor, @Query({ schema: RegisterQuery }) query: RegisterQuery) {
    return this.register.list(actor, query);
  }

  @Get('cases/:id')
  @ForPartners('caseload')
  @SerializeOptions({ schema: CourtRow })
  card(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.caseload.card(actor, id);
  }

  @Get('cases/:id/facts')
  @SerializeOptions({ schema: CourtFact })
  facts(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.caseload.facts(actor, id);
  }

  @Get('filters')
  @SerializeOptions({ schema: CourtFilter })
  filters(@CurrentActor() actor: Actor) {
    return this.keeping.filters(actor);
  }

  @Post('filters')
  @HttpCode(200)
  @SerializeOptions({ schema: CourtFilter })
  keepFilter(@CurrentActor() actor: Actor, @Body({ schema: KeepCourtFilter }) kept: KeepCourtFilter) {
    return this.keeping.keepFilter(actor, kept);
  }

  @Delete('filters/:id')
  @HttpCode(204)
  dropFilter(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.keeping.dropFilter(actor, id);
  }

  @Put('watches')
  @SerializeOptions({ schema: WatchedCases })
  watch(@CurrentActor() actor: Actor, @Body({ schema: WatchCases }) asked: WatchCases) {
    return this.keeping.watch(actor, asked);
  }
}
