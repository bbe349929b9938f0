import { Body, Controller, Get, Header, HttpCode, Post, Query, SerializeOptions, StreamableFile } from '@nestjs/common';
import { type Actor, ExportReport, Report, ReportPeriods, ReportQuery } from '#contract';
import { ReportExports, ReportService } from '#oversight';
import { CurrentActor } from '../http/asker.js';

/** Reports of closed periods, and their files. */
@Controller()
export class ReportsController {
  constructor(
    private readonly reports: ReportService,
    private readonly exports: ReportExports,
  ) {}

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

  @Post('report-exports')
  @HttpCode(200)
  @Header('cache-control', 'private, no-store')
  async export(@CurrentActor() actor: Actor, @Body({ schema: ExportReport }) asked: ExportReport) {
    const { name, type, bytes } = await this.exports.make(actor, asked);
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"`, length: bytes.length });
  }
}
