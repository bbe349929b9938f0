import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { z } from 'zod';
import { Incident, incidentKinds, ReportIncident } from '#contract';
import { call } from '../api.js';
import { AskForm } from '../parts/ask-form.js';
import { DataTable } from '../parts/data-table.js';
import { DayField } from '../parts/day-field.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextArea, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { momentFrom } from './moment.js';

/** The register of incidents: what happened, until when the authorised body must hear of it, who was told. */
export function IncidentsPage() {
  const t = useText('safekeeping');
  const dates = useDates();
  const found = useQuery({ queryKey: ['incidents'], queryFn: () => call(z.array(Incident), '/incidents') });
  return (
    <>
      <PageHead title={t('safekeeping.incidents')} lead={t('safekeeping.incidents.lead')} back="/admin/safekeeping" />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable<Incident>
          caption={t('safekeeping.incidents.caption')}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('safekeeping.incidents.none')}</p>}
          columns={[
            {
              key: 'kind',
              label: t('safekeeping.incidents.kind'),
              whole: true,
              cell: ({ id, kind }) => <Link to={`/admin/safekeeping/incidents/${id}`}>{t(`safekeeping.incidents.kind.${kind}`)}</Link>,
            },
            { key: 'noticed', label: t('safekeeping.incidents.noticed'), cell: ({ noticedAt }) => dates.moment(noticedAt) },
            {
              key: 'due',
              label: t('safekeeping.incidents.due'),
              cell: ({ dueAt }) => (dueAt ? dates.moment(dueAt) : t('safekeeping.incidents.due.none')),
            },
            {
              key: 'state',
              label: t('safekeeping.incidents.state'),
              cell: ({ state, overdue }) => (
                <>
                  {t(`safekeeping.incidents.state.${state}`)}
                  {overdue && <b>, {t('safekeeping.incidents.late')}</b>}
                </>
              ),
            },
          ]}
        />
      )}
      <h2>{t('safekeeping.incidents.add')}</h2>
      <ReportForm />
    </>
  );
}

function ReportForm() {
  const t = useText('safekeeping');
  return (
    <AskForm schema={ReportIncident} path="/incidents" refresh={['incidents']} button={t('safekeeping.incidents.report')} read={readReport}>
      {(complaints) => (
        <>
          <SelectField name="kind" width="middle" label={t('safekeeping.incidents.kind')} complaint={complaints['kind']}>
            {incidentKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`safekeeping.incidents.kind.${kind}`)}
              </option>
            ))}
          </SelectField>
          <DayField name="noticedAt" label={t('safekeeping.incidents.noticed')} complaint={complaints['noticedAt']} />
          <TextField name="time" width="short" label={t('safekeeping.incidents.time')} hint="09:30" defaultValue="09:00" />
          <p>
            <label>
              <input type="checkbox" name="personal" defaultChecked /> {t('safekeeping.incidents.personal')}
            </label>
          </p>
          <TextField
            name="people"
            width="short"
            inputMode="numeric"
            optional
            label={t('safekeeping.incidents.people')}
            complaint={complaints['people']}
          />
          <TextArea
            name="story"
            rows={5}
            label={t('safekeeping.incidents.story')}
            hint={t('safekeeping.incidents.story.hint')}
            complaint={complaints['story']}
          />
        </>
      )}
    </AskForm>
  );
}

const readReport = (typed: FormData) => ({
  kind: typed.get('kind'),
  personal: typed.get('personal') !== null,
  ...(typed.get('people') ? { people: Number(typed.get('people')) } : {}),
  noticedAt: momentFrom(typed.get('noticedAt'), typed.get('time')),
  story: typed.get('story'),
});
