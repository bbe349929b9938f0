import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { DrillsService } from './drills.service.js';
import { DrillsSweep } from './drills.sweep.js';
import { IncidentsService } from './incidents.service.js';
import { IncidentsSweep } from './incidents.sweep.js';
import { LooksService } from './looks.service.js';
import { OpeningsService } from './openings.service.js';
import { WitnessesService } from './witnesses.service.js';

const services = [DrillsService, DrillsSweep, IncidentsService, IncidentsSweep, LooksService, OpeningsService, WitnessesService];

@Module({ imports: [CasesModule], providers: services, exports: services })
export class SafekeepingModule {}
