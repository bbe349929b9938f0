import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { funnelSteps, JoinFunnel } from '#contract';
import { call } from '../api.js';
import { Card } from '../parts/card.js';
import { useText } from '../words.js';
import styles from './funnel.module.css';

export const useFunnel = (days: number) =>
  useQuery({ queryKey: ['desk', 'funnel', days], queryFn: () => call(JoinFunnel, `/desk/funnel?days=${days}`) });

/** How far the invitations of a month came, in small. */
export function FunnelCard() {
  const t = useText('desk');
  const found = useFunnel(30).data;
  if (!found) return null;
  return (
    <Card title={t('desk.funnel')}>
      {found.invited === 0 ? <p className="small muted">{t('desk.funnel.none')}</p> : <FunnelBars of={found} />}
      <p className="small">
        <Link to="/desk/funnel">{t('desk.funnel.days', { days: found.days })}</Link>
      </p>
    </Card>
  );
}

/** Bars from zero, the number on each; one colour. */
export function FunnelBars({ of }: { of: JoinFunnel }) {
  const t = useText('desk');
  return (
    <dl className={styles.funnel}>
      {funnelSteps.map((step) => (
        <div key={step}>
          <dt>{t(`desk.funnel.${step}`)}</dt>
          <dd>{of[step]}</dd>
          <dd className={styles.bar} aria-hidden>
            <span style={{ width: `${of.invited === 0 ? 0 : (100 * of[step]) / of.invited}%` }} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
