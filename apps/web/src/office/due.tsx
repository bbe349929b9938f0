import { IconClockExclamation } from '@tabler/icons-react';
import { nowMs } from '../clock.js';
import { Icon } from '../parts/icon.js';
import { useDates, useText } from '../words.js';

const hour = 3_600_000;
const left = (at: string) => Date.parse(at) - nowMs();

/** A date that is running: in bold with a clock when it is near or over, else quietly. */
export function Due({ at }: { at: string | null }) {
  const t = useText('calendar');
  const dates = useDates();
  if (!at) return null;
  if (left(at) > 48 * hour) return <span>{dates.until(at)}</span>;
  return (
    <span className="late">
      <Icon of={IconClockExclamation} /> {t(left(at) < 0 ? 'calendar.overdue' : 'calendar.due', { when: dates.moment(at) })}
    </span>
  );
}
