import { IconClockExclamation } from '@tabler/icons-react';
import { nowMs } from '../clock.js';
import { Icon } from '../parts/icon.js';
import { useDates, useText } from '../words.js';

const hour = 3_600_000;
const left = (at: string) => Date.parse(at) - nowMs();

/** A date that is running: in bold with a clock when it is near or over, else quietly. `named`: what runs out is said beside it already. */
export function Due({ at, named = false }: { at: string | null; named?: boolean }) {
  const t = useText('calendar');
  const dates = useDates();
  if (!at) return null;
  if (left(at) > 48 * hour) return <span>{dates.until(at)}</span>;
  const when = dates.moment(at);
  return (
    <span className="late">
      <Icon of={IconClockExclamation} /> {left(at) < 0 ? t('calendar.overdue', { when }) : named ? when : t('calendar.due', { when })}
    </span>
  );
}
