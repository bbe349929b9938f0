import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { AuditController } from './audit.controller.js';
import { ExportsController } from './exports.controller.js';
import { JournalController } from './journal.controller.js';
import { ReportsController } from './reports.controller.js';
import { ScorecardController } from './scorecard.controller.js';
import { SatisfactionController } from './satisfaction.controller.js';

@Module({
  imports: [OversightModule],
  controllers: [AuditController, ExportsController, JournalController, ReportsController, SatisfactionController, ScorecardController],
})
export class ReportsApi {}
