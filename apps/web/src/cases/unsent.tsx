import { IconSend2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Link, useLocation } from 'react-router';
import { CaseRows, type SessionView } from '#contract';
import { call } from '../api.js';
import { Banner } from '../parts/banner.js';
import { classes } from '../parts/classes.js';
import { gateOf } from '../session.js';
import { useDates, useText } from '../words.js';

const atMost = 5;

/** What this person has begun and not sent, on every page until it is sent. No title: whoever stands behind the reader learns nothing of the dispute. */
export function Unsent({ session, isStart }: { session: SessionView; isStart: boolean }) {
  const t = useText();
  const dates = useDates();
  const found = useQuery({
    enabled: !gateOf(session),
    queryKey: ['cases', 'unsent', session.role],
    queryFn: () => call(CaseRows, `/cases?unsent=own&limit=${atMost}`),
  });
  const { pathname } = useLocation();
  const rows = (found.data?.rows ?? []).filter(({ id }) => !pathname.endsWith(id)); // its own page says it in its own words
  if (rows.length === 0) return null;
  return (
    <div className={classes(isStart && 'wrap')} style={isStart ? { paddingTop: 'var(--s4)' } : undefined} aria-live="polite">
      <Banner icon={IconSend2}>
        {rows.length === 1 ? t('parts.notSent.whole') : t('parts.notSent.several')}{' '}
        {rows.map(({ id, since }, at) => (
          <Fragment key={id}>
            {at > 0 && ' · '}
            <Link to={`/apply/${id}`}>{rows.length === 1 ? t('common.continue') : dates.moment(since)}</Link>
          </Fragment>
        ))}
      </Banner>
    </div>
  );
}
