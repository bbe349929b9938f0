import { computeHolidays, isWeekend, type CalendarData, type Name } from './holidays.js';
import { dayOf, endOfDay, minutesOf, MINUTE, plusDays, plusMonths, timeOf, type Day, type Instant } from './zone.js';

export type DayType = 'calendar' | 'working';
export type Term = {
  value: number;
  unit: 'second' | 'minute' | 'day' | 'month' | 'year';
  /** Null for clock time. */
  dayType: DayType | null;
  /** What happens after office hours or on a day off counts as if on the next working day. Working days only. */
  officeHours?: boolean;
};

/** A day that was named apart from the lists: off, or worked after all. */
export type Decreed = { day: Day; isOff: boolean; kk: string | null; ru: string | null; en: string | null };

/** Which days are working days, and what follows for time limits. All of it from data: see data/holidays.json. */
export class BusinessCalendar {
  readonly zone: string;
  private readonly freed: ReadonlySet<Day | null>;
  private readonly worked: ReadonlySet<Day | null>;
  private decreed: ReadonlyMap<Day, Decreed> = new Map();
  private readonly named = new Map<string, ReadonlyMap<Day, Name>>();

  constructor(private readonly data: CalendarData) {
    this.zone = data.zone;
    this.freed = new Set(data.swaps.map(({ off }) => off));
    this.worked = new Set(data.swaps.map(({ work }) => work));
  }

  /** These days are as they say, whatever the lists do, in the place of those said before. A time limit that was reckoned stays as it was. */
  decree(days: readonly Decreed[]) {
    this.decreed = new Map(days.map((one) => [one.day, one]));
  }

  /** Whether the days of this year are listed; else they are computed, and the Kurban Ait is missing. */
  knows(year: number): boolean {
    return this.data.years[year] !== undefined;
  }

  /** The name of the holiday held or observed on this day. */
  holidayOn(day: Day): Name | null {
    const decreed = this.decreed.get(day);
    if (decreed) return decreed.isOff ? { kk: decreed.kk ?? '', ru: decreed.ru ?? '', en: decreed.en ?? '' } : null;
    return this.holidaysOf(day.slice(0, 4)).get(day) ?? null;
  }

  /** Off for everybody, whatever weekday: a holiday, its observed day, or a day freed by a swap. */
  isHoliday(day: Day): boolean {
    const decreed = this.decreed.get(day);
    if (decreed) return decreed.isOff;
    return !this.worked.has(day) && (this.freed.has(day) || this.holidayOn(day) !== null);
  }

  isWorkingDay(day: Day): boolean {
    const decreed = this.decreed.get(day);
    if (decreed) return !decreed.isOff;
    return this.worked.has(day) || (!this.isHoliday(day) && !isWeekend(day, this.data.meta.weekend));
  }

  nextWorkingDay(day: Day): Day {
    let next = plusDays(day, 1);
    while (!this.isWorkingDay(next)) next = plusDays(next, 1);
    return next;
  }

  /** The day itself when it is a working day, else the next one that is. */
  rollForward(day: Day): Day {
    return this.isWorkingDay(day) ? day : this.nextWorkingDay(day);
  }

  /** The last day of so many days. Day 1 is the day after; a last day off rolls to the next working day. */
  addDays(day: Day, count: number, dayType: DayType): Day {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`not a number of days: ${count}`);
    if (dayType === 'calendar') return this.rollForward(plusDays(day, count));
    let last = day;
    for (let left = count; left > 0; left -= 1) last = this.nextWorkingDay(last);
    return this.rollForward(last);
  }

  /** The day a working-day clock takes for the day of the event. */
  officeDay(at: Instant): Day {
    const day = dayOf(at, this.zone);
    const isAfterHours = minutesOf(timeOf(at, this.zone).slice(0, 5)) >= minutesOf(this.data.office_hours.to);
    return isAfterHours ? this.nextWorkingDay(day) : this.rollForward(day);
  }

  /** When a term that begins with an event at `start` has run out: clock time to the second, days at 23:59:59 local. */
  dueAfter(start: Instant, { value, unit, dayType, officeHours = false }: Term): Instant {
    if (unit === 'second') return start + value * 1000;
    if (unit === 'minute') return start + value * MINUTE;
    const day = officeHours && dayType === 'working' ? this.officeDay(start) : dayOf(start, this.zone);
    return endOfDay(this.lastDay(day, value, unit, dayType ?? 'calendar'), this.zone);
  }

  private lastDay(day: Day, value: number, unit: 'day' | 'month' | 'year', dayType: DayType): Day {
    if (unit === 'day') return this.addDays(day, value, dayType);
    return this.rollForward(plusMonths(day, unit === 'year' ? value * 12 : value));
  }

  private holidaysOf(year: string): ReadonlyMap<Day, Name> {
    let named = this.named.get(year);
    if (!named) {
      const { years, recurring, meta } = this.data;
      const list = years[year] ?? computeHolidays(Number(year), recurring, meta.weekend);
      named = new Map(list.flatMap(({ date, observed, kk, ru, en }) => [date, observed ?? date].map((day) => [day, { kk, ru, en }])));
      this.named.set(year, named);
    }
    return named;
  }
}
