import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { ConsultationSweep } from './consultation.sweep.js';
import { ConsultationsService } from './consultations.service.js';
import { DutiesService } from './duties.service.js';

const services = [ConsultationsService, DutiesService, ConsultationSweep];

@Module({ imports: [CasesModule], providers: services, exports: services })
export class ConsultationsModule {}
