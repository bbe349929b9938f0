import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { HouseEvent, houseEventKinds, NoteHouseEvent } from '#contract';
import { wholeNumber } from '#language';
import { call } from '../api.js';
import { AskForm } from '../parts/ask-form.js';
import { DataTable } from '../parts/data-table.js';
import { DayField } from '../parts/day-field.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useSession } from '../session.js';
import { useDates, useText } from '../words.js';

/** Trainings, open days, lectures: what line 18 of the reports is counted from. */
export function HouseEventsPage() {
  const t = useText('council', 'reports');
  const dates = useDates();
  const isDesk = useSession()?.role === 'coordinator';
  const found = useQuery({ queryKey: ['house-events'], queryFn: () => call(z.array(HouseEvent), '/house-events') });
  return (
    <>
      <PageHead title={t('council.events')} lead={t('council.events.lead')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable<HouseEvent>
          caption={t('council.events.caption')}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('council.events.none')}</p>}
          columns={[
            { key: 'title', label: t('council.events.title'), whole: true, cell: ({ title }) => <b>{title}</b> },
            { key: 'kind', label: t('council.events.kind'), cell: ({ kind }) => t(`reports.value.event_kind.${kind}`) },
            { key: 'on', label: t('council.events.on'), cell: ({ heldOn }) => dates.inWords(`${heldOn}T05:00:00Z`) },
            { key: 'people', label: t('council.events.people'), number: true, cell: ({ people }) => wholeNumber(people) },
          ]}
        />
      )}
      {isDesk && <NoteForm />}
    </>
  );
}

function NoteForm() {
  const t = useText('council', 'reports');
  return (
    <>
      <h2>{t('council.events.add')}</h2>
      <AskForm
        schema={NoteHouseEvent}
        path="/house-events"
        refresh={['house-events']}
        button={t('council.events.save')}
        read={(typed) => ({
          kind: typed.get('kind'),
          title: typed.get('title'),
          heldOn: typed.get('heldOn'),
          people: typed.get('people') ? Number(typed.get('people')) : undefined,
        })}
      >
        {(complaints) => (
          <>
            <TextField name="title" label={t('council.events.title')} complaint={complaints['title']} />
            <SelectField name="kind" width="middle" label={t('council.events.kind')}>
              {houseEventKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`reports.value.event_kind.${kind}`)}
                </option>
              ))}
            </SelectField>
            <DayField name="heldOn" label={t('council.events.on')} complaint={complaints['heldOn']} />
            <TextField
              name="people"
              width="short"
              inputMode="numeric"
              label={t('council.events.people')}
              complaint={complaints['people']}
            />
          </>
        )}
      </AskForm>
    </>
  );
}
