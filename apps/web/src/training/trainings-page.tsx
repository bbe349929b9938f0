import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { z } from 'zod';
import { TrainingView } from '#contract';
import { call } from '../api.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useLanguage, useText } from '../words.js';
import { isPast, TrainingCard } from './training-card.js';
import styles from './training.module.css';

export const useTrainings = () => useQuery({ queryKey: ['trainings'], queryFn: () => call(z.array(TrainingView), '/trainings') });

/** The calendar of trainings, for everybody; a calendar program can follow it. */
export function TrainingsPage() {
  const t = useText('training');
  const language = useLanguage();
  const found = useTrainings();
  const coming = found.data?.filter(({ days }) => !isPast(days.at(-1)!.to));
  const feed = `/api/training-feed?language=${language}`;
  return (
    <>
      <PageHead title={t('training.title')} lead={t('training.lead')} back="/mediators" />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {coming?.length === 0 && <p>{t('training.none')}</p>}
      <div className="stack">
        {coming?.map((one) => (
          <TrainingCard key={one.id} of={one} />
        ))}
        <Card title={t('training.feed')}>
          <p>{t('training.feed.text')}</p>
          <p className={styles.feed}>
            <a href={feed} download="trainings.ics">
              {location.origin}
              {feed}
            </a>
          </p>
          <p className="small">
            <Link to="/mediator/trainings">{t('training.enrol')}</Link>
          </p>
        </Card>
      </div>
    </>
  );
}
