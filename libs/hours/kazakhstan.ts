import { BusinessCalendar } from './business-calendar.js';
import holidays from './data/holidays.json' with { type: 'json' };

export const kazakhstan = new BusinessCalendar(holidays);
