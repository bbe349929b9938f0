import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { AttendanceService } from './attendance.service.js';
import { DiaryService } from './diary.service.js';
import { MeetingsService } from './meetings.service.js';
import { Reminders } from './reminders.js';

@Module({
  imports: [CasesModule],
  providers: [MeetingsService, AttendanceService, DiaryService, Reminders],
  exports: [MeetingsService, AttendanceService, DiaryService, Reminders],
})
export class MeetingsModule {}
