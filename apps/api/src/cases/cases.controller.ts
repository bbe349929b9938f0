import { Body, Controller, Get, Param, Post, Put, Query, SerializeOptions } from '@nestjs/common';
import { ApplicationService, CasesService, toCaseView } from '#cases';
import {
  type Actor,
  ApplicationView,
  CaseQuery,
  CaseRows,
  CaseView,
  Id,
  NameCourt,
  OpenCase,
  RunningDeadline,
  TimelineEntry,
} from '#contract';
import { CurrentActor } from '../http/asker.js';
import { DoneOnce } from '../http/once.interceptor.js';

@Controller('cases')
export class CasesController {
  constructor(
    private readonly cases: CasesService,
    private readonly applications: ApplicationService,
  ) {}

  @Post()
  @DoneOnce()
  @SerializeOptions({ schema: ApplicationView })
  open(@CurrentActor() actor: Actor, @Body({ schema: OpenCase }) draft: OpenCase) {
    return this.applications.open(actor, draft);
  }

  @Get()
  @SerializeOptions({ schema: CaseRows })
  list(@CurrentActor() actor: Actor, @Query({ schema: CaseQuery }) query: CaseQuery) {
    return this.cases.list(actor, query);
  }

  @Get(':id')
  @SerializeOptions({ schema: CaseView })
  async show(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return toCaseView(await this.cases.read(actor, id), actor);
  }

  @Get(':id/timeline')
  @SerializeOptions({ schema: TimelineEntry })
  timeline(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.cases.timeline(actor, id);
  }

  @Get(':id/deadlines')
  @SerializeOptions({ schema: RunningDeadline })
  deadlines(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.cases.deadlines(actor, id);
  }

  @Put(':id/court')
  @SerializeOptions({ schema: CaseView })
  async nameCourt(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: NameCourt }) court: NameCourt) {
    await this.cases.nameCourt(actor, id, court);
    return this.show(actor, id);
  }
}
