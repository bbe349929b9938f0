import { IconCalendarPlus, IconClock } from '@tabler/icons-react';
import { useLive } from '../live/use-live.js';
import { LinkRows } from '../parts/link-rows.js';
import { PageHead } from '../parts/page-head.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { Calendar } from './calendar.js';
import { spanOf, startOf } from './calendar-days.js';
import { useCalendarPlace } from './use-calendar-place.js';
import { useMyMeetings } from './use-my-meetings.js';

/** One's own meetings of all cases, in four views. */
export function CalendarPage() {
  const t = useText('meetings', 'calendar');
  const isMediator = useSession()?.role === 'mediator';
  const place = useCalendarPlace();
  const [from, to] = spanOf(place.view, place.day);
  const found = useMyMeetings(startOf(from), startOf(to));
  useLive();
  const items = (found.data ?? []).map(({ id, from: since, to: until, mode, number, place: room }) => ({
    id,
    from: since,
    to: until,
    name: t('meetings.one'),
    more: [t(`calendar.mode.${mode}`), room, isMediator && number].filter(Boolean).join(' · '),
    link: `/meetings/${id}`,
  }));
  return (
    <>
      <PageHead title={t('meetings.title')} />
      <Calendar place={place} items={items} found={found} />
      <LinkRows
        or={false}
        rows={[
          isMediator
            ? { to: '/working-hours', icon: IconClock, name: t('meetings.hours.link') }
            : { to: '/times', icon: IconClock, name: t('meetings.times.link') },
          { to: '/calendar-feed', icon: IconCalendarPlus, name: t('meetings.feed.link') },
        ]}
      />
    </>
  );
}
