import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { DiaryEntry } from '#contract';
import { call } from '../api.js';
import { Calendar } from '../meetings/calendar.js';
import { spanOf, startOf } from '../meetings/calendar-days.js';
import { useCalendarPlace } from '../meetings/use-calendar-place.js';
import { PageHead } from '../parts/page-head.js';
import { WhoSees } from '../parts/who-sees.js';
import { useText } from '../words.js';

/** When which mediator meets, how and in which room; of no case a word. */
export function DeskCalendarPage() {
  const t = useText('meetings', 'calendar');
  const place = useCalendarPlace();
  const [from, to] = spanOf(place.view, place.day).map(startOf) as [string, string];
  const found = useQuery({
    queryKey: ['cases', 'diary', from, to],
    queryFn: () => call(z.array(DiaryEntry), `/desk/diary?${new URLSearchParams({ from, to })}`),
  });
  const items = (found.data ?? []).map(({ id, mode, place: room, mediator, from: since, to: until }) => ({
    id,
    from: since,
    to: until,
    name: mediator,
    more: [t(`calendar.mode.${mode}`), room].filter(Boolean).join(', '),
  }));
  return (
    <>
      <PageHead title={t('meetings.house')} />
      <Calendar place={place} items={items} found={found} />
      <WhoSees not>{t('meetings.house.sees')}</WhoSees>
    </>
  );
}
