import { useQuery } from '@tanstack/react-query';
import { CallCouncil, type CouncilMeeting, ReportPeriods, SetTask, WriteMinutes } from '#contract';
import { call } from '../api.js';
import { AskForm } from '../parts/ask-form.js';
import { DayField } from '../parts/day-field.js';
import { SelectField, TextArea, TextField } from '../parts/text-field.js';
import { momentFrom } from '../safekeeping/moment.js';
import { useText } from '../words.js';
import styles from './council.module.css';
import { usePeriodName } from './use-period-name.js';

/** The desk calls the council together. */
export function CallForm() {
  const t = useText('council', 'reports');
  const periodName = usePeriodName();
  const periods = useQuery({ queryKey: ['reports'], queryFn: () => call(ReportPeriods, '/report-periods') }).data?.periods ?? [];
  return (
    <section className={styles.screen}>
      <h2>{t('council.call')}</h2>
      <AskForm schema={CallCouncil} path="/council/meetings" refresh={['council']} button={t('council.call.save')} read={readCall}>
        {(complaints) => (
          <>
            <DayField name="startsAt" label={t('council.call.day')} complaint={complaints['startsAt']} />
            <TextField name="time" width="short" label={t('council.call.time')} hint="10:00" defaultValue="10:00" />
            <TextField name="place" label={t('council.call.place')} complaint={complaints['place']} />
            <TextArea
              name="topics"
              rows={5}
              label={t('council.call.topics')}
              hint={t('council.call.topics.hint')}
              complaint={complaints['topics'] ?? complaints['topics.0']}
            />
            <TextArea
              name="materials"
              rows={3}
              optional
              label={t('council.call.materials')}
              hint={t('council.call.materials.hint')}
              complaint={complaints['materials']}
            />
            <SelectField name="period" width="middle" label={t('council.call.period')}>
              <option value="">{t('council.call.period.none')}</option>
              {periods.map((one) => (
                <option key={one} value={one}>
                  {periodName(one)}
                </option>
              ))}
            </SelectField>
          </>
        )}
      </AskForm>
    </section>
  );
}

const readCall = (typed: FormData) => ({
  startsAt: momentFrom(typed.get('startsAt'), typed.get('time')),
  place: typed.get('place'),
  topics: String(typed.get('topics') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
  materials: typed.get('materials'),
  period: typed.get('period') || null,
});

/** What was decided, item by item. Names of fields carry the meeting, for several may stand open on one page. */
export function MinutesForm({ of: { id, items, attended, heldAt } }: { of: CouncilMeeting }) {
  const t = useText('council');
  const name = (what: string | number) => `${what}-${id}`;
  return (
    <details className={styles.screen}>
      <summary>{t('council.minutes')}</summary>
      <AskForm
        schema={WriteMinutes}
        path={`/council/meetings/${id}/minutes`}
        method="PUT"
        refresh={['council']}
        button={t('council.minutes.save')}
        read={(typed) => ({
          attended: Number(typed.get(name('attended'))),
          decisions: items.map(({ no }) => ({ no, decision: String(typed.get(name(no)) ?? '') })),
        })}
      >
        {(complaints) => (
          <>
            <TextField
              name={name('attended')}
              width="short"
              inputMode="numeric"
              label={t('council.minutes.attended')}
              defaultValue={attended ?? ''}
              complaint={complaints['attended']}
            />
            {items.map(({ no, topic, decision }, at) => (
              <TextArea
                key={`${no} ${heldAt}`}
                name={name(no)}
                rows={3}
                optional
                label={`${no}. ${topic}`}
                defaultValue={decision ?? ''}
                complaint={complaints[`decisions.${at}.decision`]}
              />
            ))}
          </>
        )}
      </AskForm>
    </details>
  );
}

export function TaskForm({ meetingId }: { meetingId: string }) {
  const t = useText('council');
  const name = (what: string) => `${what}-${meetingId}`;
  return (
    <details className={styles.screen}>
      <summary>{t('council.set.task')}</summary>
      <AskForm
        schema={SetTask}
        path={`/council/meetings/${meetingId}/tasks`}
        refresh={['council']}
        button={t('council.set.save')}
        read={(typed) => ({ task: typed.get(name('task')), responsible: typed.get(name('responsible')), dueOn: typed.get(name('due')) })}
      >
        {(complaints) => (
          <>
            <TextArea name={name('task')} rows={2} label={t('council.task')} complaint={complaints['task']} />
            <TextField name={name('responsible')} label={t('council.responsible')} complaint={complaints['responsible']} />
            <DayField name={name('due')} label={t('council.due')} complaint={complaints['dueOn']} />
          </>
        )}
      </AskForm>
    </details>
  );
}
