import { Controller, Get, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, Report, ReportPeriods, ReportQuery } from '#contract';
import { ReportService } from '#oversight';
import { CurrentActor } from '../http/asker.js';

/** Reports of closed periods; their files are asked for as exports. */
@Controller()
export class ReportsController {
  constructor(private readonly reports: ReportService) {}

  @Get('report-periods')
  @SerializeOptions({ schema: ReportPeriods })
  periods(@CurrentActor() actor: Actor) {
    return this.reports.periods(actor);
  }

  @Get('reports')
  @SerializeOptions({ schema: Report })
  read(@CurrentActor() actor: Actor, @Query({ schema: ReportQuery }) { period }: ReportQuery) {
    return this.reports.read(actor, period);
  }
}
