import { Module } from '@nestjs/common';
import { SafekeepingModule } from '#safekeeping';
import { IncidentsController } from './incidents.controller.js';
import { LooksController } from './looks.controller.js';
import { OpeningsController } from './openings.controller.js';
import { WitnessesController } from './witnesses.controller.js';

@Module({ imports: [SafekeepingModule], controllers: [IncidentsController, LooksController, OpeningsController, WitnessesController] })
export class SafekeepingApi {}
