import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import type { Attendee, MeetingDay } from '#contract';
import { Card } from '../parts/card.js';
import { Icon } from '../parts/icon.js';
import { useText } from '../words.js';
import styles from './meeting.module.css';

/** Who waits, and afterwards who was there: one's own side and the mediator; all for the mediator. */
export function MeetingPeople({ day: { people, state, actions }, isLost }: { day: MeetingDay; isLost: boolean }) {
  const t = useText('meetings');
  const isOver = state === 'held' || state === 'missed';
  const isOpen = actions.includes('wait');
  return (
    <Card title={t(isOver ? 'meetings.people.after' : isOpen ? 'meetings.people.now' : 'meetings.people')} live>
      <ul className="plain">
        {people.map((person) => (
          <li key={person.personId} className={styles.person}>
            {isOpen && !isOver && <Icon of={person.here ? IconCircleCheck : IconCircle} />}
            <span>
              <b>{person.isViewer ? t('parts.side.you') : person.name}</b>
              <small>
                {[person.isViewer ? '' : t(person.side ? `parts.side.${person.side}` : 'parts.side.mediator'), standing(person)]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {isLost && <p className="small">{t('meetings.lost')}</p>}
    </Card>
  );

  function standing({ here, excused, attended, minutes }: Attendee) {
    if (isOver)
      return attended === null
        ? ''
        : attended
          ? minutes
            ? t('meetings.minutes', { count: minutes })
            : t('meetings.was')
          : t('meetings.wasNot');
    if (excused) return t('meetings.excused');
    return isOpen ? t(here ? 'meetings.here' : 'meetings.notHere') : '';
  }
}
