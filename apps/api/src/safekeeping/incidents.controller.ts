import { Body, Controller, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { type Actor, CloseIncident, Drill, Id, Incident, ReportIncident, TellOfIncident } from '#contract';
import { DrillsService, IncidentsService } from '#safekeeping';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };
const Answers = () => SerializeOptions({ schema: Incident });

/** The register of incidents with the clock of the law, and the reports of drills. */
@Controller()
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentsService,
    private readonly drills: DrillsService,
  ) {}

  @Get('incidents')
  @Answers()
  list(@CurrentActor() actor: Actor) {
    return this.incidents.list(actor);
  }

  @Post('incidents')
  @Answers()
  report(@CurrentActor() actor: Actor, @Body({ schema: ReportIncident }) asked: ReportIncident) {
    return this.incidents.report(actor, asked);
  }

  @Post('incidents/:id/tellings')
  @Answers()
  tell(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: TellOfIncident }) asked: TellOfIncident) {
    return this.incidents.tell(actor, id, asked);
  }

  @Put('incidents/:id/closing')
  @HttpCode(200)
  @Answers()
  close(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: CloseIncident }) asked: CloseIncident) {
    return this.incidents.close(actor, id, asked);
  }

  @Get('drills')
  @SerializeOptions({ schema: Drill })
  tried(@CurrentActor() actor: Actor) {
    return this.drills.list(actor);
  }
}
