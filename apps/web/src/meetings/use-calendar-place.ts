import { useSearchParams } from 'react-router';
import { type Day, dayOf, isDay, type View, views } from './calendar-days.js';

const thisDay = () => dayOf(Date.now());

export type CalendarPlace = { view: View; day: Day; today: Day; go: (to: { view?: View; day?: Day }) => void };

/** Which view of which day: in the address, so that it can be kept and gone back to. A narrow screen begins with the list. */
export function useCalendarPlace(): CalendarPlace {
  const [search, setSearch] = useSearchParams();
  const today = thisDay();
  const asked = search.get('day');
  const view = views.find((one) => one === search.get('view')) ?? (matchMedia('(min-width: 48rem)').matches ? 'month' : 'agenda');
  const day = isDay(asked) ? asked : today;
  const go = (to: { view?: View; day?: Day }) => setSearch({ view, day, ...to }, { replace: to.view === undefined });
  return { view, day, today, go };
}
