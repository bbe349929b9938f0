import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { DeskConsultations, DutyView, KeepDuty } from '#contract';
import { timeInWords } from '#language';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { DataTable } from '../parts/data-table.js';
import { DayField } from '../parts/day-field.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import styles from './duty-page.module.css';

const key = ['desk', 'consultations'];

/** Who answers questions when, and how many were asked: numbers, never whose. */
export function DutyPage() {
  const t = useText('consultation');
  const dates = useDates();
  const cache = useQueryClient();
  const found = useQuery({ queryKey: key, queryFn: () => call(DeskConsultations, '/desk/consultations') });
  const again = () => cache.invalidateQueries({ queryKey: key });
  const keep = useMutation({
    mutationFn: (body: KeepDuty) => call(DutyView, `/duties/${newId()}`, { method: 'PUT', body }),
    onSettled: again,
  });
  const remove = useMutation({ mutationFn: (id: string) => call(z.unknown(), `/duties/${id}`, { method: 'DELETE' }), onSettled: again });
  return (
    <>
      <PageHead title={t('consultation.desk.title')} lead={t('consultation.desk.lead')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && (
        <div className="cols">
          <div className="stack">
            {remove.error && <Failure of={remove.error} />}
            <Roster rows={found.data.duties} busy={remove.isPending} onRemove={(id) => remove.mutate(id)} />
            <Add key={found.data.duties.length} mediators={found.data.mediators} keep={keep} />
          </div>
          <aside className="stack">
            <Card title={t('consultation.desk.month')}>
              <dl className={styles.totals}>
                {Object.entries(found.data.totals).map(([name, value]) => (
                  <div key={name}>
                    <dt>{t(`consultation.desk.${name as keyof DeskConsultations['totals']}`)}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
              {found.data.oldestWaiting && <p>{t('consultation.desk.oldest', { at: dates.moment(found.data.oldestWaiting) })}</p>}
            </Card>
          </aside>
        </div>
      )}
    </>
  );
}

function Roster({ rows, busy, onRemove }: { rows: DutyView[]; busy: boolean; onRemove: (id: string) => void }) {
  const t = useText('consultation');
  const dates = useDates();
  return (
    <DataTable
      caption={t('consultation.desk.roster')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<p>{t('consultation.desk.roster.none')}</p>}
      columns={[
        { key: 'mediator', label: t('consultation.desk.mediator'), cell: ({ mediator }) => <b>{mediator}</b>, whole: true },
        { key: 'day', label: t('consultation.desk.day'), cell: ({ from }) => dates.withWeekday(from) },
        {
          key: 'hours',
          label: t('consultation.hour'),
          cell: ({ from, to }) => <span className="nw">{`${timeInWords(from)}–${timeInWords(to)}`}</span>,
        },
        {
          key: 'act',
          label: t('common.change'),
          cell: ({ id, mediator, from }) => (
            <Button
              small
              tone="second"
              busy={busy}
              aria-label={t('consultation.desk.remove', { name: mediator, at: dates.dayAndMonth(from) })}
              onClick={() => onRemove(id)}
            >
              {t('consultation.desk.remove.short')}
            </Button>
          ),
        },
      ]}
    />
  );
}

type Keeping = { mutate: (duty: KeepDuty, options: { onError: (error: unknown) => void }) => void; isPending: boolean; error: unknown };

const usual = { from: '09:00', to: '13:00' } as const;
const halfHours = Array.from({ length: 48 }, (_, at) => `${String(Math.floor(at / 2)).padStart(2, '0')}:${at % 2 ? '30' : '00'}`);

/** One turn: a day and its hours as the House counts them (UTC+5). */
function Add({ mediators, keep }: { mediators: DeskConsultations['mediators']; keep: Keeping }) {
  const t = useText('consultation');
  const { complaints, attempt, check, note, take } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const at = (name: string) => `${form.get('day')}T${form.get(name)}:00+05:00`;
    if (!form.get('day')) return note({ day: 'required' });
    const duty = check(KeepDuty, { mediatorId: form.get('mediatorId'), from: at('from'), to: at('to') });
    if (duty && !keep.isPending) keep.mutate(duty, { onError: (error) => void take(error) });
  };
  return (
    <Card title={t('consultation.desk.add')}>
      <form noValidate onSubmit={submit}>
        <ErrorSummary complaints={complaints} attempt={attempt} />
        {Object.keys(complaints).length === 0 && Boolean(keep.error) && <Failure of={keep.error} />}
        <SelectField name="mediatorId" label={t('consultation.desk.mediator')} width="middle" complaint={complaints['mediatorId']}>
          {mediators.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <DayField name="day" label={t('consultation.desk.day')} complaint={complaints['day']} />
        {(['from', 'to'] as const).map((name) => (
          <SelectField
            key={name}
            name={name}
            width="short"
            label={t(`consultation.desk.${name}`)}
            defaultValue={usual[name]}
            complaint={complaints[name]}
          >
            {halfHours.map((at) => (
              <option key={at}>{at}</option>
            ))}
          </SelectField>
        ))}
        <Actions>
          <Button type="submit" busy={keep.isPending}>
            {t('consultation.desk.save')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}
