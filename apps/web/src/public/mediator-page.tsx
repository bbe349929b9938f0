import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { PublicMediator } from '#contract';
import { call } from '../api.js';
import { Actions, ButtonLink } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { BackLink, PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';
import { useMediatorWords } from './use-mediator-words.js';

/** One mediator, as the register and his own consent let anybody read. */
export function MediatorPage() {
  const t = useText('mediators');
  const { id = '' } = useParams();
  const found = useQuery({ queryKey: ['mediators', 'one', id], queryFn: () => call(PublicMediator, `/mediators/${id}`), retry: false });
  if (found.isPending) return <Waiting />;
  if (found.isError)
    return (
      <>
        <PageHead title={t('mediators.title')} back="/mediators" backLabel={t('mediators.page.all')} />
        <Failure of={found.error} />
      </>
    );
  return <Known mediator={found.data} />;
}

function Known({ mediator }: { mediator: PublicMediator }) {
  const t = useText('mediators');
  const names = useNames();
  const dates = useDates();
  const words = useMediatorWords();
  const { certifiedUntil } = mediator;
  const rows = [
    { label: t('mediators.languages'), value: mediator.languages.map(words.language).join(', ') },
    { label: t('mediators.fields'), value: mediator.fields.map(names.category).join(', ') },
    { label: t('mediators.district'), value: names.district(mediator.district) },
    { label: t('mediators.freeDays'), value: words.days(mediator.freeDays) },
    { label: t('mediators.number'), value: mediator.registerNumber },
    { label: t('mediators.entered'), value: dates.inWords(mediator.enteredOn) },
    ...(certifiedUntil ? [{ label: t('mediators.certificate'), value: dates.inWords(certifiedUntil) }] : []),
  ];
  return (
    <>
      <BackLink to="/mediators" label={t('mediators.page.all')} />
      <PageHead title={mediator.name} lead={t(`mediators.kind.${mediator.kind}`)} />
      <SummaryList rows={rows} />
      <p>{t('mediators.page.note')}</p>
      <Actions>
        <ButtonLink to="/apply">{t('mediators.page.apply')}</ButtonLink>
      </Actions>
    </>
  );
}
