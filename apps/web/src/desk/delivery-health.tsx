import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { DeliveryHealth as Health } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { useDates, useText } from '../words.js';

type Line = Health['lines'][number];
type Provider = Health['providers'][number];

/** What waits and what failed, legal notices first, and how each provider answers: totals, nobody's address. */
export function DeliveryHealth() {
  const t = useText('desk', 'delivery');
  const found = useQuery({ queryKey: ['desk', 'health'], queryFn: () => call(Health, '/delivery/health'), refetchInterval: 30_000 });
  const lines: Column<Line>[] = [
    {
      key: 'what',
      label: t('desk.health.what'),
      cell: ({ channel, legal }) => `${t(`desk.channel.${channel}`)}${legal ? ` · ${t('desk.delivery.legal')}` : ''}`,
    },
    { key: 'state', label: t('common.state'), cell: ({ state }) => t(`desk.delivery.${state}`) },
    { key: 'count', label: t('desk.health.count'), number: true, cell: ({ count }) => count },
    {
      key: 'oldest',
      label: t('desk.health.oldest'),
      number: true,
      cell: ({ oldestSeconds }) => {
        const [key, count] = ageOf(oldestSeconds);
        return t(key, { count });
      },
    },
  ];
  const providers: Column<Provider>[] = [
    { key: 'name', label: t('desk.health.provider'), whole: true, cell: ({ provider }) => <span className="num">{provider}</span> },
    { key: 'sent', label: t('desk.try.sent'), number: true, cell: ({ sent }) => sent },
    { key: 'retry', label: t('desk.try.retry'), number: true, cell: ({ retried }) => retried },
    { key: 'failed', label: t('desk.try.failed'), number: true, cell: ({ failed }) => failed },
    { key: 'last', label: t('desk.health.last'), cell: (row) => <Last row={row} /> },
    { key: 'rest', label: t('common.state'), cell: (row) => <Rest row={row} /> },
  ];
  return (
    <Card>
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <div className="stack">
          {found.data.lines.length === 0 ? (
            <p>{t('desk.health.none')}</p>
          ) : (
            <DataTable
              caption={t('desk.health.queues')}
              columns={lines}
              rows={found.data.lines}
              rowKey={({ channel, state, legal }) => `${channel} ${state} ${legal}`}
            />
          )}
          <DataTable
            caption={t('desk.health.providers')}
            columns={providers}
            rows={found.data.providers}
            rowKey={({ provider }) => provider}
            empty={<p>{t('desk.health.silent')}</p>}
          />
        </div>
      )}
    </Card>
  );
}

/** Minutes for an hour and a half, hours for two days. */
function ageOf(seconds: number) {
  if (seconds <= 90 * 60) return ['desk.health.minutes', Math.ceil(seconds / 60)] as const;
  if (seconds <= 48 * 3_600) return ['delivery.hours', Math.round(seconds / 3_600)] as const;
  return ['delivery.days', Math.round(seconds / 86_400)] as const;
}

function Last({ row: { lastSentAt, lastError } }: { row: Provider }) {
  const dates = useDates();
  return (
    <>
      {lastSentAt && dates.moment(lastSentAt)}
      {lastError && <span className="small muted"> {lastError}</span>}
    </>
  );
}

/** A provider in trouble is let rest by hand; another one takes over. */
function Rest({ row: { provider, channel, restsSince } }: { row: Provider }) {
  const t = useText('desk');
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: () => call(z.unknown(), '/delivery/provider-rests', { method: 'PUT', body: { provider, rests: !restsSince } }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['desk', 'health'] }),
  });
  if (channel !== 'email') return null;
  return (
    <>
      {restsSince && <b>{t('desk.health.rests')} </b>}
      {change.error && <Failure of={change.error} />}
      <Button small tone="second" busy={change.isPending} onClick={() => change.mutate()}>
        {t(restsSince ? 'desk.health.serve' : 'desk.health.rest')}
      </Button>
    </>
  );
}
