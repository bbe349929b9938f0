import { IconClock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { Banner } from '../parts/banner.js';
import { useSession } from '../session.js';
import { useDates, useText } from '../words.js';
import { Kept } from './kept.js';
import { keepShell } from './shell.js';

type Unsent = { caseId: string | null; at: string };
const settled = 3_000;

/** What a device of one's own does on every page: it keeps the pages' files for a day without a line, and tells of messages that wait in a room. */
export function OwnDevice({ deviceKey, isRoom }: { deviceKey: string; isRoom: boolean }) {
  const selfId = useSession()?.person.id;
  const [unsent, setUnsent] = useState<Unsent[]>([]);
  useEffect(() => {
    const later = setTimeout(() => void keepShell().catch(() => undefined), settled);
    return () => clearTimeout(later);
  }, []);
  useEffect(() => {
    if (!isRoom && selfId) void Kept.unsentWith(deviceKey, selfId).then(setUnsent, () => undefined);
  }, [deviceKey, isRoom, selfId]);
  return !isRoom && unsent.length > 0 && <UnsentNote unsent={unsent} />;
}

function UnsentNote({ unsent }: { unsent: Unsent[] }) {
  const t = useText('rooms');
  const dates = useDates();
  const isMediator = useSession()?.role === 'mediator';
  const first = unsent.reduce((one, other) => (one.at < other.at ? one : other));
  const to = first.caseId ? (isMediator ? `/mediator/cases/${first.caseId}` : `/cases/${first.caseId}/rooms`) : '/consultation';
  return (
    <div aria-live="polite">
      <Banner icon={IconClock}>
        {t('rooms.unsent.note', { count: unsent.length, when: dates.moment(first.at) })} <Link to={to}>{t('rooms.unsent.open')}</Link>
      </Banner>
    </div>
  );
}
