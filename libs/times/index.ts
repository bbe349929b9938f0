export { AvailabilityService, type SaidTimes } from './availability.service.js';
export { DecreedDays } from './decreed-days.js';
export { FeedFailure, type FeedLimits, feedLimits, judged } from './outside/fetch-feed.js';
export { OutsideCalendarsService } from './outside/outside-calendars.service.js';
export { OutsideReader } from './outside/outside.reader.js';
export { ResourcesService } from './resources.service.js';
export { scheduling, unavailableOf, workingDefaults } from './times.rules.js';
export { TimesModule } from './times.module.js';
export { WorkingHoursService } from './working-hours.service.js';
