import { Module } from '@nestjs/common';
import { TrainingModule } from '#training';
import { TrainingsController } from './trainings.controller.js';

@Module({ imports: [TrainingModule], controllers: [TrainingsController] })
export class TrainingApi {}
