import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { CalendarService } from './calendar.service.js';
import { HoursEnding } from './hours.ending.js';

@Module({
  imports: [CasesModule],
  providers: [CalendarService, HoursEnding],
  exports: [CalendarService, HoursEnding],
})
export class CalendarModule {}
