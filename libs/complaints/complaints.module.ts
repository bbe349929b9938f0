import { Module } from '@nestjs/common';
import { ComplaintReminders } from './complaint.reminders.js';
import { ComplaintsService } from './complaints.service.js';

const services = [ComplaintReminders, ComplaintsService];

@Module({ providers: services, exports: services })
export class ComplaintsModule {}
