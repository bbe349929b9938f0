import { Module } from '@nestjs/common';
import { CourtCaseload } from './court.caseload.js';

@Module({ providers: [CourtCaseload], exports: [CourtCaseload] })
export class OversightModule {}
