import { IconBell } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { NoticeView } from '#contract';
import { timeInWords, type TextKey } from '#language';
import { More } from '../office/more.js';
import { Button } from '../parts/button.js';
import { Count } from '../parts/count.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { SideLine } from '../parts/who-sees.js';
import { useDates, useText } from '../words.js';
import styles from './notices-page.module.css';
import { useMarkNoticesRead, useNotices } from './use-notices.js';

/** What has happened, newest first; the words are the same as in the mails, and just as bare of content. */
export function NoticesPage() {
  const t = useText('centre', 'notices');
  const found = useNotices();
  const mark = useMarkNoticesRead();
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  const unread = found.data?.pages[0]?.unread ?? 0;
  const newest = rows[0];
  return (
    <>
      <PageHead title={t('centre.title')} />
      <SideLine icon={IconBell}>{t('centre.lead')}</SideLine>
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && <p>{t('centre.empty')}</p>}
      {unread > 0 && newest && (
        <p className={styles.mark}>
          <Button small tone="second" busy={mark.isPending} onClick={() => mark.mutate(newest.id)}>
            {t('centre.markRead')}
          </Button>
        </p>
      )}
      <ol className={styles.list}>
        {rows.map((notice) => (
          <Notice key={notice.id} notice={notice} />
        ))}
      </ol>
      <More of={found} />
      <p>
        <Link to="/profile/notices">{t('centre.settings.open')}</Link>
      </p>
    </>
  );
}

function Notice({ notice: { template, variables, caseId, createdAt, read } }: { notice: NoticeView }) {
  const t = useText('centre', 'notices');
  const dates = useDates();
  const { at, until } = variables;
  const elsewhere = opens[template.startsWith('offer.') ? 'offer' : template];
  const said = t(`notices.${template}` as TextKey<'notices'>, {
    ...variables,
    ...(at && { at: `${dates.withWeekday(at)}, ${timeInWords(at)}` }),
    ...(until && { until: dates.inWords(until) }),
  });
  return (
    <li className={read ? undefined : styles.new}>
      <p className="small muted">
        <time dateTime={createdAt}>{dates.moment(createdAt)}</time> {!read && <Count>{t('centre.new')}</Count>}
      </p>
      <p>
        {said}
        {until && <b> {t('centre.until', { date: dates.withWeekday(until) })}</b>}
      </p>
      {elsewhere ? <Link to={elsewhere.to}>{t(elsewhere.text)}</Link> : caseId && <Link to={`/cases/${caseId}`}>{t('centre.open')}</Link>}
    </li>
  );
}

/** What is not answered on a case's own page. */
const opens: Record<string, { to: string; text: TextKey<'centre'> } | undefined> = {
  offer: { to: '/offers', text: 'centre.open.offers' },
  'gathering.guest': { to: '/guest', text: 'centre.open.answer' },
  'complaint.answered': { to: '/complaints', text: 'centre.open' },
  'desk.complaint': { to: '/complaints', text: 'centre.open' },
  'gathering.answer': { to: '/cases', text: 'centre.open.answer' },
};
