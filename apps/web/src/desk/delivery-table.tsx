import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { z } from 'zod';
import type { DeliveryView } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { useDates, useText } from '../words.js';
import { reasonOf } from './delivery-reason.js';
import { LetterActs } from './letter-acts.js';

type Props = { caption: string; rows: DeliveryView[]; empty: ReactNode; withCase?: boolean; titled?: boolean };

/** Facts of delivery: to whom, what about, by which way, what became of it; never an address, never a text. */
export function DeliveryTable({ caption, rows, empty, withCase = false, titled = false }: Props) {
  const t = useText('desk', 'states', 'notices');
  const dates = useDates();
  const columns: Column<DeliveryView>[] = [
    ...(withCase ? [{ key: 'case', label: t('desk.delivery.case'), whole: true, cell: caseLink }] : []),
    {
      key: 'to',
      label: t('desk.delivery.to'),
      cell: ({ recipient }) => t(recipient === 'other' ? 'desk.recipient.other' : `states.actor.${recipient}`),
    },
    { key: 'what', label: t('desk.delivery.what'), cell: (row) => <What of={row} /> },
    { key: 'by', label: t('desk.delivery.by'), cell: ({ channel }) => t(`desk.channel.${channel}`) },
    { key: 'when', label: t('desk.delivery.when'), cell: ({ sentAt, createdAt }) => dates.moment(sentAt ?? createdAt) },
    { key: 'state', label: t('common.state'), cell: (row) => <Outcome row={row} /> },
  ];
  return <DataTable titled={titled} caption={caption} columns={columns} rows={rows} rowKey={({ id }) => id} empty={empty} />;
}

const caseLink = ({ caseId, caseNumber }: DeliveryView) => (
  <Link className="nw num" to={`/desk/cases/${caseId}`}>
    {caseNumber ?? caseId.slice(0, 8)}
  </Link>
);

/** The first sentence of the notice's own words; hours and days of it are not the desk's. */
function What({ of: { template, caseNumber, legal } }: { of: DeliveryView }) {
  const t = useText('desk', 'delivery', 'notices');
  const values = { number: caseNumber?.replaceAll('-', '\u2060-\u2060') ?? '…', at: '…', until: '…' };
  const own = template === 'inside' || template === 'invitation' ? t(`delivery.${template}`) : undefined;
  const text = own ?? t(`notices.${template}` as TextKey<'notices'>, values);
  return (
    <>
      {text.split('. ')[0]}
      {legal && <span className="small muted"> · {t('desk.delivery.legal')}</span>}
    </>
  );
}

function Outcome({ row }: { row: DeliveryView }) {
  const t = useText('desk', 'delivery');
  const { id, state, channel, attempts, lastError, history } = row;
  const isToPost = channel === 'letter' && (state === 'waiting' || state === 'failed');
  const cache = useQueryClient();
  const resend = useMutation({
    mutationFn: () => call(z.unknown(), `/desk/notices/${id}/resend`, { method: 'PUT' }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['desk'] }),
  });
  return (
    <div>
      <b>{isToPost ? t('delivery.toPost') : t(`desk.delivery.${state}`)}</b>
      {attempts > 1 && <span className="small muted"> · {t('desk.delivery.attempts', { count: attempts })}</span>}
      {state !== 'sent' && lastError && <Reason code={lastError} isOver={state === 'failed'} />}
      {isToPost && <LetterActs row={row} />}
      {state === 'failed' && !isToPost && (
        <>
          {resend.error && <Failure of={resend.error} />}
          <Button small tone="second" busy={resend.isPending} onClick={() => resend.mutate()}>
            {t('desk.delivery.resend')}
          </Button>
        </>
      )}
      {history.length > 0 && <Tries of={history} />}
    </div>
  );
}

function Reason({ code, isOver }: { code: string; isOver: boolean }) {
  const t = useText('desk', 'delivery');
  const reason = reasonOf(code, isOver);
  const isOurs = /^[a-z_]+$/.test(code);
  const words = reason ? t(reason) + (isOurs ? '' : ` (${code})`) : code;
  return <p className="small">{t('desk.delivery.error', { code: words })}</p>;
}

/** The proof: when it was tried, with whom, and what was answered. */
function Tries({ of: tries }: { of: DeliveryView['history'] }) {
  const t = useText('desk', 'delivery');
  const answer = ({ provider, outcome, receipt, error, by }: DeliveryView['history'][number]) =>
    provider === 'desk'
      ? t('desk.try.desk')
      : provider === 'post'
        ? [t('delivery.try.post'), by, receipt].filter(Boolean).join(' · ')
        : `${t(`desk.try.${outcome}`)} · ${[provider, receipt ?? error].filter(Boolean).join(' · ')}`;
  const dates = useDates();
  return (
    <details className="small">
      <summary>{t('desk.delivery.tries')}</summary>
      <ol className="plain">
        {tries.map((one) => (
          <li key={one.at}>
            <span className="num">{dates.moment(one.at)}</span> · {answer(one)}
          </li>
        ))}
      </ol>
    </details>
  );
}
