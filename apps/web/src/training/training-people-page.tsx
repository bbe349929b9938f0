import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { z } from 'zod';
import { type Enrolled, type MarkAttendance, TrainingPeople } from '#contract';
import { call } from '../api.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { MoveForm } from './move-form.js';
import { isPast, TrainingCard } from './training-card.js';
import styles from './training.module.css';

type Send = (act: Act, options?: { onError: (error: unknown) => void }) => void;
type Act = { path: string; method: 'PUT' | 'POST' | 'DELETE'; body?: unknown };

/** Who comes to a training: marks of each day, certificates at its end, or the whole of it called off. */
export function TrainingPeoplePage() {
  const t = useText('training');
  const { id = '' } = useParams();
  const cache = useQueryClient();
  const found = useQuery({ queryKey: ['trainings', id], queryFn: () => call(TrainingPeople, `/trainings/${id}/people`) });
  const act = useMutation({
    mutationFn: ({ path, ...request }: Act) => call(z.unknown(), `/trainings/${id}${path}`, request),
    onSettled: () => cache.invalidateQueries({ queryKey: ['trainings'] }),
  });
  return (
    <>
      <PageHead title={t('training.people.title')} back="/desk/trainings" />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {act.error && <Failure of={act.error} />}
      {found.data && <People found={found.data} busy={act.isPending} onAct={act.mutate} />}
    </>
  );
}

function People({ found: { training, needed, people }, busy, onAct }: { found: TrainingPeople; busy: boolean; onAct: Send }) {
  const t = useText('training');
  const seated = people.filter(({ place }) => place === 'seat');
  const ready = seated.filter(({ attended, certificate }) => attended.length >= needed && !certificate);
  const begun = training.days.flatMap(({ from }, at) => (isPast(from) ? [{ from, day: at + 1 }] : []));
  const isOver = isPast(training.days.at(-1)!.to);
  return (
    <div className="stack">
      <TrainingCard of={training} />
      {!training.cancelled && begun.length === 0 && (
        <>
          <MoveForm
            key={training.changes}
            of={training}
            busy={busy}
            onMove={(body, onError) => onAct({ path: '/days', method: 'PUT', body }, { onError })}
          />
          <Confirm
            label={t('training.desk.cancel')}
            question={t('training.desk.cancel.question')}
            text={t('training.desk.cancel.text')}
            confirmLabel={t('training.desk.cancel')}
            busy={busy}
            onConfirm={() => onAct({ path: '', method: 'DELETE' })}
          />
        </>
      )}
      <List rows={people} />
      {seated.length > 0 &&
        !training.cancelled &&
        begun.map(({ day, from }) => (
          <Day key={day} {...{ day, from, seated, busy }} onSend={(body) => onAct({ path: '/attendance', method: 'PUT', body })} />
        ))}
      {isOver && !training.cancelled && (
        <Card title={t('training.certificates')}>
          <p>{t('training.people.needed', { n: needed })}</p>
          <p>{t('training.people.issue.text', { n: ready.length })}</p>
          {ready.length > 0 && (
            <Actions>
              <Button
                busy={busy}
                onClick={() => onAct({ path: '/certificates', method: 'POST', body: { personIds: ready.map(({ personId }) => personId) } })}
              >
                {t('training.people.issue')}
              </Button>
            </Actions>
          )}
        </Card>
      )}
    </div>
  );
}

function List({ rows }: { rows: Enrolled[] }) {
  const t = useText('training');
  return (
    <DataTable
      caption={t('training.people.title')}
      rows={rows}
      rowKey={({ personId }) => personId}
      empty={<p>{t('training.people.none')}</p>}
      columns={[
        { key: 'name', label: t('training.people.name'), cell: ({ name }) => <b>{name}</b>, whole: true },
        { key: 'place', label: t('training.people.place'), cell: ({ place }) => t(`training.people.place.${place}`) },
        { key: 'attended', label: t('training.people.attended'), cell: ({ attended }) => attended.join(', ') || '–' },
        { key: 'certificate', label: t('training.people.certificate'), cell: ({ certificate }) => certificate ?? '–' },
      ]}
    />
  );
}

type DayProps = { day: number; from: string; seated: Enrolled[]; busy: boolean; onSend: (marks: MarkAttendance) => void };

function Day({ day, from, seated, busy, onSend }: DayProps) {
  const t = useText('training');
  const dates = useDates();
  return (
    <Card title={t('training.people.day', { n: day, when: dates.withWeekday(from) })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSend({ day, personIds: new FormData(event.currentTarget).getAll('person').map(String) });
        }}
      >
        <fieldset className={styles.marks}>
          <legend>{t('training.people.day.lead')}</legend>
          {seated.map(({ personId, name, attended }) => (
            <label key={personId}>
              <input type="checkbox" name="person" value={personId} defaultChecked={attended.includes(day)} />
              {name}
            </label>
          ))}
        </fieldset>
        <Actions>
          <Button type="submit" small tone="second" busy={busy}>
            {t('training.people.mark')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}
