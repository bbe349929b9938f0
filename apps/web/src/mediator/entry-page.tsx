import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { Link } from 'react-router';
import { z } from 'zod';
import { RegisterEntry, SetCapacity } from '#contract';
import type { TextKey } from '#language';
import { call, download } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useMediatorWords } from '../public/use-mediator-words.js';
import { useNames } from '../reference.js';
import { useSession } from '../session.js';
import { useDates, useLanguage, useText } from '../words.js';

const key = ['register-entry'];

/** What the register says of the mediator who reads, what he carries, until when his certificate holds, and whether the public may find him. */
export function EntryPage() {
  const t = useText('mediators');
  const found = useQuery({ queryKey: key, queryFn: () => call(RegisterEntry, '/people/me/register-entry') });
  return (
    <>
      <PageHead title={t('mediators.own.title')} lead={t('mediators.own.lead')} back="/mediator" />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <>
          <Warning entry={found.data} />
          <Entry entry={found.data} />
          <div className="stack">
            <Load key={found.data.capacity} capacity={found.data.capacity} />
            <Absences absences={found.data.absences} />
            <Journal />
            <Publication published={found.data.published} />
          </div>
        </>
      )}
    </>
  );
}

function Warning({ entry: { certified, endsSoon, certifiedUntil } }: { entry: RegisterEntry }) {
  const t = useText('mediators');
  const dates = useDates();
  if (!certified) return <Banner icon={IconAlertTriangle}>{t('mediators.own.expired')}</Banner>;
  if (!endsSoon || !certifiedUntil) return null;
  return <Banner icon={IconAlertTriangle}>{t('mediators.own.endsSoon', { until: dates.inWords(certifiedUntil) })}</Banner>;
}

function Entry({ entry }: { entry: RegisterEntry }) {
  const t = useText('mediators');
  const names = useNames();
  const dates = useDates();
  const words = useMediatorWords();
  const { certificateNumber, certifiedUntil, openCases, capacity } = entry;
  return (
    <SummaryList
      rows={[
        { label: t('mediators.kind'), value: t(`mediators.kind.${entry.kind}`) },
        { label: t('mediators.own.standing'), value: t(`mediators.own.${entry.standing}`) },
        { label: t('mediators.own.load'), value: t('mediators.own.load.value', { open: openCases, capacity }) },
        ...(entry.offersWaiting > 0 ? [{ label: t('mediators.own.offers'), value: <Link to="/offers">{entry.offersWaiting}</Link> }] : []),
        {
          label: t('mediators.own.load.year'),
          value: t('mediators.own.load.year.value', { taken: entry.takenThisYear, ended: entry.endedThisYear }),
        },
        { label: t('mediators.languages'), value: entry.languages.map(words.language).join(', ') },
        { label: t('mediators.fields'), value: entry.fields.map(names.category).join(', ') },
        { label: t('mediators.district'), value: names.district(entry.district) },
        { label: t('mediators.number'), value: entry.registerNumber },
        { label: t('mediators.entered'), value: dates.inWords(entry.enteredOn) },
        ...(certifiedUntil
          ? [
              {
                label: t('mediators.certificate'),
                value: [dates.inWords(certifiedUntil), certificateNumber].filter(Boolean).join(', '),
              },
            ]
          : []),
        ...entry.certificates.map(({ course, field, number, issuer, validUntil }) => ({
          label: `${t(`mediators.own.course.${course}` as TextKey<'mediators'>)}, ${number}`,
          value: [names.category(field), issuer, dates.inWords(validUntil)].filter(Boolean).join(', '),
        })),
      ]}
    />
  );
}

/** More or fewer cases at one time, said by himself. */
function Load({ capacity }: { capacity: number }) {
  const t = useText('mediators');
  const cache = useQueryClient();
  const { complaints, attempt, check, take } = useComplaints();
  const change = useMutation({
    mutationFn: (body: SetCapacity) => call(z.unknown(), '/people/me/capacity', { method: 'PUT', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
    onError: (refusal) => void take(refusal),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = check(SetCapacity, Object.fromEntries(new FormData(event.currentTarget)));
    if (read && !change.isPending) change.mutate(read);
  };
  return (
    <Card title={t('mediators.own.load')} live>
      <p>{t('mediators.own.capacity.text')}</p>
      <form noValidate onSubmit={submit}>
        <ErrorSummary complaints={complaints} attempt={attempt} />
        <TextField
          name="capacity"
          label={t('mediators.own.capacity')}
          inputMode="numeric"
          width="short"
          defaultValue={capacity}
          complaint={complaints['capacity']}
        />
        {change.error && Object.keys(complaints).length === 0 && <Failure of={change.error} />}
        <Button type="submit" tone="second" busy={change.isPending}>
          {t('mediators.own.capacity.save')}
        </Button>
      </form>
    </Card>
  );
}

function Absences({ absences }: { absences: RegisterEntry['absences'] }) {
  const t = useText('mediators');
  const dates = useDates();
  return (
    <Card title={t('mediators.own.absences')}>
      {absences.length === 0 && <p>{t('mediators.own.absences.none')}</p>}
      <ul className="plain">
        {absences.map(({ from, until }) => (
          <li key={from}>
            {dates.moment(from)} – {dates.moment(until)}
          </li>
        ))}
      </ul>
      <p>
        <Link to="/working-hours">{t('mediators.own.absences.change')}</Link>
      </p>
    </Card>
  );
}

function Journal() {
  const t = useText('mediators');
  const language = useLanguage();
  const get = useMutation({ mutationFn: () => download('/people/me/journal-exports', { language }) });
  return (
    <Card title={t('mediators.own.journal')}>
      <p>{t('mediators.own.journal.text')}</p>
      {get.error && <Failure of={get.error} />}
      <Button tone="second" busy={get.isPending} onClick={() => get.mutate()}>
        {t('mediators.own.journal.get')}
      </Button>
    </Card>
  );
}

function Publication({ published }: { published: boolean }) {
  const t = useText('mediators');
  const cache = useQueryClient();
  const me = useSession()?.person.id;
  const change = useMutation({
    mutationFn: (next: boolean) => call(z.unknown(), '/people/me/publication', { method: 'PUT', body: { published: next } }),
    onSettled: () => Promise.all([cache.invalidateQueries({ queryKey: key }), cache.invalidateQueries({ queryKey: ['mediators'] })]),
  });
  return (
    <Card title={t('mediators.own.public')} live>
      <p>{t(published ? 'mediators.own.public.yes' : 'mediators.own.public.no')}</p>
      {change.error && <Failure of={change.error} />}
      <Button tone="second" busy={change.isPending} onClick={() => change.mutate(!published)}>
        {t(published ? 'mediators.own.hide' : 'mediators.own.publish')}
      </Button>
      {published && me && (
        <p>
          <Link to={`/mediators/${me}`}>{t('mediators.own.see')}</Link>
        </p>
      )}
    </Card>
  );
}
