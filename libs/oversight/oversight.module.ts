import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { AuditRoots } from './audit.roots.js';
import { AuditService } from './audit.service.js';
import { CourtActsService } from './court.acts.service.js';
import { CourtAlerts } from './court.alerts.js';
import { CourtCaseload } from './court.caseload.js';
import { CourtKeeping } from './court.keeping.js';
import { CourtRegister } from './court.register.js';
import { ExportMaking } from './exports.making.js';
import { ExportsService } from './exports.service.js';
import { JournalService } from './journal.service.js';
import { ReportClosing } from './report.closing.js';
import { ReportService } from './report.service.js';
import { SatisfactionService } from './satisfaction.service.js';
import { ScorecardService } from './scorecard.service.js';

const services = [
  AuditRoots,
  AuditService,
  CourtActsService,
  CourtAlerts,
  CourtCaseload,
  CourtKeeping,
  CourtRegister,
  ExportMaking,
  ExportsService,
  JournalService,
  ReportClosing,
  ReportService,
  SatisfactionService,
  ScorecardService,
];

@Module({ imports: [CasesModule], providers: services, exports: services })
export class OversightModule {}
