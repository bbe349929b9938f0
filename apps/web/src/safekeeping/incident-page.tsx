import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { z } from 'zod';
import { CloseIncident, Incident, tellingWays, tellingWhoms, TellOfIncident } from '#contract';
import { call } from '../api.js';
import { NotFoundPage } from '../layout/not-found-page.js';
import { AskForm } from '../parts/ask-form.js';
import { Banner } from '../parts/banner.js';
import { DayField } from '../parts/day-field.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { SelectField, TextArea, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { momentFrom } from './moment.js';

/** One incident: its clock, who was told, and what is left to do. */
export function IncidentPage() {
  const { incidentId } = useParams();
  const found = useQuery({ queryKey: ['incidents'], queryFn: () => call(z.array(Incident), '/incidents') });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const incident = found.data.find(({ id }) => id === incidentId);
  if (!incident) return <NotFoundPage />;
  return (
    <>
      <Facts of={incident} />
      {incident.state !== 'closed' && <TellForm id={incident.id} />}
      {incident.state !== 'closed' && <CloseForm id={incident.id} />}
    </>
  );
}

function Facts({ of }: { of: Incident }) {
  const t = useText('safekeeping');
  const dates = useDates();
  return (
    <>
      <PageHead
        title={`${t(`safekeeping.incidents.kind.${of.kind}`)}, ${dates.moment(of.noticedAt)}`}
        back="/admin/safekeeping/incidents"
      />
      {of.overdue && <Banner icon={IconAlertTriangle}>{t('safekeeping.incidents.overdue')}</Banner>}
      <SummaryList
        rows={[
          { label: t('safekeeping.incidents.state'), value: t(`safekeeping.incidents.state.${of.state}`) },
          { label: t('safekeeping.incidents.due'), value: of.dueAt ? dates.moment(of.dueAt) : t('safekeeping.incidents.due.none') },
          { label: t('safekeeping.incidents.people'), value: of.people ?? '–' },
          { label: t('safekeeping.incidents.reporter'), value: `${of.reporter}, ${dates.moment(of.reportedAt)}` },
          { label: t('safekeeping.incidents.story'), value: of.story },
          { label: t('safekeeping.incidents.told'), value: <Told of={of} /> },
          ...(of.measures ? [{ label: t('safekeeping.incidents.measures'), value: of.measures }] : []),
        ]}
      />
    </>
  );
}

function Told({ of: { tellings } }: { of: Incident }) {
  const t = useText('safekeeping');
  const dates = useDates();
  if (tellings.length === 0) return t('safekeeping.incidents.told.nobody');
  return (
    <ul className="plain">
      {tellings.map(({ whom, way, toldAt, number }) => (
        <li key={`${whom} ${toldAt}`}>
          {t(`safekeeping.incidents.whom.${whom}`)}, {t(`safekeeping.incidents.way.${way}`)}, {dates.moment(toldAt)}
          {number && `, № ${number}`}
        </li>
      ))}
    </ul>
  );
}

function TellForm({ id }: { id: string }) {
  const t = useText('safekeeping');
  return (
    <>
      <h2>{t('safekeeping.incidents.tell')}</h2>
      <AskForm
        schema={TellOfIncident}
        path={`/incidents/${id}/tellings`}
        refresh={['incidents']}
        button={t('safekeeping.incidents.tell.save')}
        read={(typed) => ({
          whom: typed.get('whom'),
          way: typed.get('way'),
          toldAt: momentFrom(typed.get('toldAt'), typed.get('time')),
          number: typed.get('number'),
        })}
      >
        {(complaints) => (
          <>
            <SelectField name="whom" width="middle" label={t('safekeeping.incidents.whom')}>
              {tellingWhoms.map((one) => (
                <option key={one} value={one}>
                  {t(`safekeeping.incidents.whom.${one}`)}
                </option>
              ))}
            </SelectField>
            <SelectField name="way" width="middle" label={t('safekeeping.incidents.way')}>
              {tellingWays.map((one) => (
                <option key={one} value={one}>
                  {t(`safekeeping.incidents.way.${one}`)}
                </option>
              ))}
            </SelectField>
            <DayField name="toldAt" label={t('safekeeping.incidents.toldAt')} complaint={complaints['toldAt']} />
            <TextField name="time" width="short" label={t('safekeeping.incidents.time')} hint="09:30" defaultValue="09:00" />
            <TextField name="number" width="middle" optional label={t('safekeeping.incidents.number')} complaint={complaints['number']} />
          </>
        )}
      </AskForm>
    </>
  );
}

function CloseForm({ id }: { id: string }) {
  const t = useText('safekeeping');
  return (
    <>
      <h2>{t('safekeeping.incidents.close')}</h2>
      <AskForm
        schema={CloseIncident}
        path={`/incidents/${id}/closing`}
        method="PUT"
        refresh={['incidents']}
        button={t('safekeeping.incidents.close.save')}
        read={(typed) => ({ measures: typed.get('measures') })}
      >
        {(complaints) => (
          <TextArea name="measures" rows={4} label={t('safekeeping.incidents.measures')} complaint={complaints['measures']} />
        )}
      </AskForm>
    </>
  );
}
