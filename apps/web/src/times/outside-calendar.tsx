import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { NameOutsideCalendar, OutsideCalendarView } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Notice } from '../parts/banner.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { TextField } from '../parts/text-field.js';
import { useDates, useText } from '../words.js';

const path = '/people/me/outside-calendar';
const key = ['outside-calendar'];
const soonMs = 4_000;
type Named = NonNullable<OutsideCalendarView['calendar']>;
const isWaiting = ({ fetchedAt, failure }: Named) => fetchedAt === null && failure === null;

function useChange() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NameOutsideCalendar | null) =>
      call(OutsideCalendarView, path, body ? { method: 'PUT', body } : { method: 'DELETE' }),
    onSuccess: (kept) => cache.setQueryData(key, kept),
  });
}

/** A mediator's calendar in another program: its busy time counts here. What is wrong with it is said in words. */
export function OutsideCalendar() {
  const t = useText('times');
  const found = useQuery({
    queryKey: key,
    queryFn: () => call(OutsideCalendarView, path),
    refetchInterval: ({ state }) => (state.data?.calendar && isWaiting(state.data.calendar) ? soonMs : false),
  });
  const change = useChange();
  const named = found.data?.calendar;
  return (
    <Card title={t('times.outside.title')} live>
      <p>{t('times.outside.text')}</p>
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {change.error && <Failure of={change.error} />}
      {named && <State named={named} />}
      {found.isSuccess && (!named || named.failure !== null) && (
        <Give key={named?.host} busy={change.isPending} onGive={(body) => change.mutate(body)} />
      )}
      {named && (
        <Confirm
          tone="quiet"
          label={t('times.outside.remove')}
          question={t('times.outside.remove.question')}
          text={t('times.outside.remove.text')}
          confirmLabel={t('times.outside.remove')}
          busy={change.isPending}
          onConfirm={() => change.mutate(null)}
        />
      )}
    </Card>
  );
}

function State({ named }: { named: Named }) {
  const t = useText('times');
  const dates = useDates();
  const { host, fetchedAt, failure, busy } = named;
  return (
    <>
      <p>
        <b>{t('times.outside.now', { host })}</b>
      </p>
      {failure && <Notice icon={IconAlertTriangle}>{t(`times.outside.failure.${failure}`)}</Notice>}
      {fetchedAt && <p>{t('times.outside.fetched', { when: dates.moment(fetchedAt), count: busy })}</p>}
      {isWaiting(named) && <p>{t('times.outside.soon')}</p>}
    </>
  );
}

function Give({ busy, onGive }: { busy: boolean; onGive: (body: NameOutsideCalendar) => void }) {
  const t = useText('times');
  const { complaints, attempt, check } = useComplaints({ address: 'web_address' });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = check(NameOutsideCalendar, { address: new FormData(event.currentTarget).get('address') });
    if (body && !busy) onGive(body);
  };
  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <TextField
        name="address"
        type="url"
        label={t('times.outside.address')}
        hint={t('times.outside.hint')}
        complaint={complaints['address']}
        autoComplete="off"
      />
      <Actions>
        <Button type="submit" tone="second" busy={busy}>
          {t('times.outside.save')}
        </Button>
      </Actions>
    </form>
  );
}
