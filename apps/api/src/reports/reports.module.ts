import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { AuditController } from './audit.controller.js';
import { ReportsController } from './reports.controller.js';

@Module({ imports: [OversightModule], controllers: [AuditController, ReportsController] })
export class ReportsApi {}
