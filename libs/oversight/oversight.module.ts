import { Module } from '@nestjs/common';
import { CourtCaseload } from './court.caseload.js';
import { CourtActsService } from './court.acts.service.js';
import { CourtKeeping } from './court.keeping.js';

const services = [CourtActsService, CourtCaseload, CourtKeeping];

@Module({ providers: services, exports: services })
export class OversightModule {}
