export { CalendarModule } from './calendar.module.js';
export { CalendarService } from './calendar.service.js';
export { HoursEnding } from './hours.ending.js';
