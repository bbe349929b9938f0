export { BusinessCalendar, type DayType, type Decreed, type Term } from './business-calendar.js';
export { type Attendance, bindingOf, findHours, type HourRequest, startsOf } from './find-hours.js';
export { commonFree, intersect, subtract, union, type Interval } from './intervals.js';
export { type IcsEvent, icsOf, type IcsMethod } from './ics.js';
export { kazakhstan } from './kazakhstan.js';
export { openHours, type WeeklyHours } from './working-hours.js';
export { dayOf, endOfDay, instantOf, plusDays, timeOf, weekdayOf, type Day, type Instant } from './zone.js';
