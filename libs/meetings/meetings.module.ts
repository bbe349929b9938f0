import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { AttendanceService } from './attendance.service.js';
import { MeetingsService } from './meetings.service.js';
import { Reminders } from './reminders.js';

@Module({
  imports: [CasesModule],
  providers: [MeetingsService, AttendanceService, Reminders],
  exports: [MeetingsService, AttendanceService, Reminders],
})
export class MeetingsModule {}
