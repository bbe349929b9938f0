import { Module } from '@nestjs/common';
import { CourtCaseload } from './court.caseload.js';
import { CourtKeeping } from './court.keeping.js';

const services = [CourtCaseload, CourtKeeping];

@Module({ providers: services, exports: services })
export class OversightModule {}
