import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { PeopleModule } from '#people';
import { TimesModule } from '#times';
import { CalendarService } from './calendar.service.js';
import { FeedsService } from './feeds.service.js';
import { HoursEnding } from './hours.ending.js';
import { HoursFinder } from './hours.finder.js';

@Module({
  imports: [CasesModule, PeopleModule, TimesModule],
  providers: [CalendarService, FeedsService, HoursEnding, HoursFinder],
  exports: [CalendarService, FeedsService, HoursEnding, HoursFinder],
})
export class CalendarModule {}
