import { IconChevronLeft, IconChevronRight, IconClock } from '@tabler/icons-react';
import { useId } from 'react';
import { Button } from '../parts/button.js';
import { classes } from '../parts/classes.js';
import { Failure } from '../parts/failure.js';
import { Icon } from '../parts/icon.js';
import { SideLine } from '../parts/who-sees.js';
import { useDates, useText } from '../words.js';
import { AgendaView } from './agenda-view.js';
import styles from './calendar.module.css';
import { type Day, dayOf, mondayOf, plusDays, spanOf, stepFrom, type View, views } from './calendar-days.js';
import { DayView } from './day-view.js';
import { MonthView } from './month-view.js';
import type { CalendarPlace } from './use-calendar-place.js';
import { WeekView } from './week-view.js';

/** What stands in a calendar. The name tells nothing; `more` only to whom it may be told. */
export type CalendarItem = { id: string; from: string; to: string; name: string; more: string; link?: string };
export type ViewProps = { place: CalendarPlace; items: CalendarItem[]; labelledBy: string };
type Props = {
  place: CalendarPlace;
  items: CalendarItem[];
  found: { isError: boolean; error: unknown; isFetching: boolean; refetch: () => unknown };
};

const shapes: Record<View, (props: ViewProps) => React.ReactNode> = { month: MonthView, week: WeekView, day: DayView, agenda: AgendaView };

export function Calendar({ place, items, found }: Props) {
  const t = useText('meetings', 'calendar');
  const heading = useId();
  const { view, day, today, go } = place;
  const View = shapes[view];
  const title = useTitle(view, day);
  const [from, to] = spanOf(view, day);
  const shown = items.filter((item) => dayOf(item.from) >= from && dayOf(item.from) < to).toSorted((a, b) => a.from.localeCompare(b.from));
  return (
    <section className={styles.calendar} aria-labelledby={heading}>
      <div className={styles.bar}>
        <div className={styles.steps}>
          <Button small tone="second" aria-label={t('meetings.before')} onClick={() => go({ day: stepFrom(view, day, -1) })}>
            <Icon of={IconChevronLeft} />
          </Button>
          <Button small tone="second" onClick={() => go({ day: today })}>
            {t('meetings.today')}
          </Button>
          <Button small tone="second" aria-label={t('meetings.after')} onClick={() => go({ day: stepFrom(view, day, 1) })}>
            <Icon of={IconChevronRight} />
          </Button>
        </div>
        <h2 id={heading} aria-live="polite">
          {title}
        </h2>
        <fieldset className={styles.views} aria-label={t('meetings.view')}>
          {views.map((one) => (
            <button key={one} type="button" aria-pressed={one === view} className={classes(styles.view)} onClick={() => go({ view: one })}>
              {t(`meetings.view.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      <View place={place} items={shown} labelledBy={heading} />
      {shown.length === 0 && !found.isFetching && !found.isError && <p className="muted">{t(`meetings.empty.${view}`)}</p>}
      {view === 'month' && <p className={classes('small', 'muted', styles.keys)}>{t('meetings.keys')}</p>}
      <SideLine icon={IconClock}>{t('calendar.zone')}</SideLine>
    </section>
  );
}

function useTitle(view: View, day: Day): string {
  const t = useText('meetings');
  const dates = useDates();
  if (view === 'month') return t('meetings.month', { month: dates.parts(day).month, year: day.slice(0, 4) });
  if (view === 'day') return dates.withWeekday(day);
  if (view === 'agenda') return t('meetings.from', { day: dates.dayAndMonth(day) });
  return `${dates.dayAndMonth(mondayOf(day))} – ${dates.dayAndMonth(plusDays(mondayOf(day), 6))}`;
}
