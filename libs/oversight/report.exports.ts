import { Injectable } from '@nestjs/common';
import { requireSignedIn } from '#access';
import type { Actor, ExportReport } from '#contract';
import { Clock, Database, record } from '#platform';
import { reportFile } from './report.files.js';
import { ReportService } from './report.service.js';

/** A report as a file. Who took which one is a fact of the house. */
@Injectable()
export class ReportExports {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly reports: ReportService,
  ) {}

  async make(actor: Actor, { period, format, language }: ExportReport) {
    const report = await this.reports.read(actor, period);
    requireSignedIn(actor);
    const file = await reportFile(report, format, language);
    await this.db.transaction(actor, (tx) =>
      record(tx, actor, { type: 'report.exported', at: this.clock.now(), data: { period, format, language } }),
    );
    return file;
  }
}
