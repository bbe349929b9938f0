export { book, type Booking } from './booking.js';
export { CalendarModule } from './calendar.module.js';
export { CalendarService } from './calendar.service.js';
export { FeedsService } from './feeds.service.js';
export { HoursEnding } from './hours.ending.js';
export { HoursFinder } from './hours.finder.js';
