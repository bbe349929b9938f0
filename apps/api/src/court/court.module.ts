import { Module } from '@nestjs/common';
import { OversightModule } from '#oversight';
import { CourtController } from './court.controller.js';

@Module({ imports: [OversightModule], controllers: [CourtController] })
export class CourtApi {}
