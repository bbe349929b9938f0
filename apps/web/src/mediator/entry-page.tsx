import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { z } from 'zod';
import { RegisterEntry } from '#contract';
import { call, download } from '../api.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
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
          {!found.data.certified && <Banner icon={IconAlertTriangle}>{t('mediators.own.expired')}</Banner>}
          <Entry entry={found.data} />
          <Journal />
          <Publication published={found.data.published} />
        </>
      )}
    </>
  );
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
      ]}
    />
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
