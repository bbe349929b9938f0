import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { FeedAddress, FeedView } from '#contract';
import { call } from '../api.js';
import { Notice } from '../parts/banner.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';

const path = '/people/me/calendar-feed';
const key = ['calendar-feed'];

/** The private address of one's meetings for other programs: shown once, made anew or revoked at any time. */
export function FeedPage() {
  const t = useText('times', 'meetings');
  const dates = useDates();
  const cache = useQueryClient();
  const found = useQuery({ queryKey: key, queryFn: () => call(FeedView, path) });
  const again = () => cache.invalidateQueries({ queryKey: key });
  const make = useMutation({ mutationFn: () => call(FeedAddress, path, { method: 'POST' }), onSettled: again, gcTime: 0 });
  const revoke = useMutation({ mutationFn: () => call(z.unknown(), path, { method: 'DELETE' }), onSuccess: make.reset, onSettled: again });
  const since = found.data?.openedAt;
  return (
    <>
      <PageHead title={t('times.feed.title')} lead={t('times.feed.lead')} back="/meetings" backLabel={t('meetings.title')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && (
        <Card>
          <p>{since ? t('times.feed.since', { when: dates.moment(since) }) : t('times.feed.none')}</p>
          <Notice icon={IconAlertTriangle}>{t('times.feed.secret')}</Notice>
          {make.data && <Address address={make.data.address} />}
          {(make.error ?? revoke.error) && <Failure of={make.error ?? revoke.error} />}
          <Actions>
            <Button busy={make.isPending} tone={since ? 'second' : 'primary'} onClick={() => make.mutate()}>
              {t(since ? 'times.feed.again' : 'times.feed.make')}
            </Button>
          </Actions>
          {since && (
            <Confirm
              tone="quiet"
              label={t('times.feed.revoke')}
              question={t('times.feed.revoke.question')}
              text={t('times.feed.revoke.text')}
              confirmLabel={t('times.feed.revoke')}
              busy={revoke.isPending}
              onConfirm={() => revoke.mutate()}
            />
          )}
        </Card>
      )}
    </>
  );
}

function Address({ address }: { address: string }) {
  const t = useText('times');
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(address).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <>
      <TextField name="address" label={t('times.feed.address')} readOnly value={address} onFocus={({ target }) => target.select()} />
      <Actions>
        <Button small tone="second" onClick={() => void copy()}>
          {t('times.feed.copy')}
        </Button>
        {isCopied && <output>{t('times.feed.copied')}</output>}
      </Actions>
    </>
  );
}
