import { Module } from '@nestjs/common';
import { MediatorsModule } from '#mediators';
import { AttendanceService } from './attendance.service.js';
import { EnrolmentsService } from './enrolments.service.js';
import { TrainingReminders } from './training.reminders.js';
import { TrainingsService } from './trainings.service.js';

const services = [AttendanceService, EnrolmentsService, TrainingReminders, TrainingsService];

@Module({ imports: [MediatorsModule], providers: services, exports: services })
export class TrainingModule {}
