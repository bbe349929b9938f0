import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { MyTrainings } from '#contract';
import { call } from '../api.js';
import { Actions, Button } from '../parts/button.js';
import { Confirm } from '../parts/confirm.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { isPast, TrainingCard, useCourseName } from './training-card.js';

const key = ['trainings', 'mine'];
type Mine = MyTrainings['trainings'][number];

/** What a mediator is in, what he may still enter, and the certificates that he was given. */
export function MyTrainingsPage() {
  const t = useText('training');
  const found = useQuery({ queryKey: key, queryFn: () => call(MyTrainings, '/people/me/trainings') });
  return (
    <>
      <PageHead title={t('training.mine.title')} lead={t('training.mine.lead')} back="/mediator" />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.trainings.length === 0 && <p>{t('training.none')}</p>}
      <div className="stack">
        {found.data?.trainings.map((one) => (
          <TrainingCard key={one.id} of={one}>
            <Place of={one} />
          </TrainingCard>
        ))}
      </div>
      {found.data && <Certificates rows={found.data.certificates} />}
    </>
  );
}

function Place({ of: { id, mine, free, cancelled, days, enrolUntil } }: { of: Mine }) {
  const t = useText('training');
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ['trainings'] });
  const change = useMutation({
    mutationFn: (method: 'PUT' | 'DELETE') => call(z.unknown(), `/trainings/${id}/enrolment`, { method }),
    onSettled: again,
  });
  const isIn = mine === 'seat' || mine === 'waiting';
  const hasBegun = isPast(days[0]!.from);
  const isOpen = !cancelled && !isPast(enrolUntil);
  return (
    <>
      {isIn && (
        <p>
          <b>{t(`training.mine.${mine}`)}</b>
        </p>
      )}
      {change.error && <Failure of={change.error} />}
      <Actions>
        {isIn && !cancelled && !hasBegun && (
          <Confirm
            label={t('training.mine.leave')}
            question={t('training.mine.leave.question')}
            text={t('training.mine.leave.text')}
            confirmLabel={t('training.mine.leave')}
            busy={change.isPending}
            onConfirm={() => change.mutate('DELETE')}
          />
        )}
        {!isIn && isOpen && (
          <Button small busy={change.isPending} onClick={() => change.mutate('PUT')}>
            {t(free > 0 ? 'training.mine.enrol' : 'training.mine.wait')}
          </Button>
        )}
        {!isIn && !isOpen && !cancelled && <span className="muted">{t('training.mine.closed')}</span>}
      </Actions>
    </>
  );
}

function Certificates({ rows }: { rows: MyTrainings['certificates'] }) {
  const t = useText('training');
  const dates = useDates();
  const name = useCourseName();
  return (
    <DataTable
      caption={t('training.certificates')}
      rows={rows}
      rowKey={({ number }) => number}
      empty={<p>{t('training.certificates.none')}</p>}
      columns={[
        { key: 'number', label: t('training.certificates.number'), cell: ({ number }) => <b>{number}</b>, whole: true },
        { key: 'course', label: t('training.certificates.course'), cell: name },
        { key: 'from', label: t('training.certificates.from'), cell: ({ from }) => dates.inWords(from) },
        { key: 'until', label: t('training.certificates.until'), cell: ({ until }) => dates.inWords(until) },
      ]}
    />
  );
}
