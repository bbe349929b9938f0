import { Module } from '@nestjs/common';
import { ConsultationsModule } from '#consultations';
import { ConsultationsController } from './consultations.controller.js';
import { DutiesController } from './duties.controller.js';

@Module({ imports: [ConsultationsModule], controllers: [ConsultationsController, DutiesController] })
export class ConsultationsApi {}
