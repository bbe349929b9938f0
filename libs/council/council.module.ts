import { Module } from '@nestjs/common';
import { CouncilService } from './council.service.js';
import { CouncilSweep } from './council.sweep.js';
import { HouseEventsService } from './house-events.service.js';
import { MemorandaService } from './memoranda.service.js';

const services = [CouncilService, CouncilSweep, HouseEventsService, MemorandaService];

@Module({ providers: services, exports: services })
export class CouncilModule {}
