export { CalendarModule } from './calendar.module.js';
export { CalendarService } from './calendar.service.js';
export { HoursEnding } from './hours.ending.js';
export { HoursFinder } from './hours.finder.js';
