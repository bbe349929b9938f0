import { Module } from '@nestjs/common';
import { Clock, CONFIG, type Config, Database, Keys } from '#platform';
import { AvailabilityService } from './availability.service.js';
import { DecreedDays } from './decreed-days.js';
import { feedLimits } from './outside/fetch-feed.js';
import { OutsideCalendarsService } from './outside/outside-calendars.service.js';
import { OutsideReader } from './outside/outside.reader.js';
import { readApart } from './outside/read-apart.js';
import { ResourcesService } from './resources.service.js';
import { WorkingHoursService } from './working-hours.service.js';

/** Public addresses alone; and, in tests, the one that the configuration names. */
function readerOf(db: Database, clock: Clock, keys: Keys, { TEST_CALENDAR_ADDRESS: own }: Config) {
  const mayReach = (address: string, port: number) => address === own || feedLimits.mayReach(address, port);
  return new OutsideReader(db, clock, keys, readApart(), { ...feedLimits, mayReach });
}

@Module({
  providers: [
    AvailabilityService,
    DecreedDays,
    OutsideCalendarsService,
    { provide: OutsideReader, useFactory: readerOf, inject: [Database, Clock, Keys, CONFIG] },
    ResourcesService,
    WorkingHoursService,
  ],
  exports: [AvailabilityService, DecreedDays, OutsideCalendarsService, OutsideReader, ResourcesService, WorkingHoursService],
})
export class TimesModule {}
