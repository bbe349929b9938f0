import { CalendarService, FeedsService, HoursFinder } from '#calendar';
import { Throttle } from '#people';
import { AvailabilityService, OutsideCalendarsService, ResourcesService, WorkingHoursService } from '#times';
import type { FreshDatabase } from './database.js';

/** The services of hours by hand. */
export function calendarOn({ db, clock, keys, hashes }: FreshDatabase) {
  const availability = new AvailabilityService(db, clock, keys);
  const finder = new HoursFinder(db, clock, availability);
  return {
    availability,
    finder,
    feeds: new FeedsService(db, clock, hashes, { WEB_ORIGIN: ['https://kelisim.test'] }),
    hours: new WorkingHoursService(db, clock),
    outside: new OutsideCalendarsService(db, clock, keys),
    resources: new ResourcesService(db, clock),
    calendar: new CalendarService(db, clock, finder, new Throttle(db, clock, hashes)),
  };
}
