import { useMutation } from '@tanstack/react-query';
import { Slip } from '#contract';
import { fullName } from '#language';
import { call } from '../api.js';
import { useCases } from '../cases/cases.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { useSession } from '../session.js';
import { useDates, useText } from '../words.js';
import styles from './house.module.css';
import { endHouseSession } from './leave.js';

/** The way out: a slip to take along, then the computer is the House's again. */
export function SlipPage() {
  const t = useText('house');
  const making = useMutation({ mutationFn: () => call(Slip, '/people/me/slip', { method: 'PUT' }) });
  const ending = useMutation({ mutationFn: endHouseSession });
  const isMade = making.data !== undefined;
  return (
    <div className="narrow stack">
      <div className={styles.screen}>
        <PageHead title={t('house.slip')} lead={t('house.slip.text')} back="/cases" />
      </div>
      {making.error && <Failure of={making.error} />}
      {making.data && <Paper slip={making.data} />}
      <div className={styles.screen}>
        <Actions>
          <Button tone={isMade ? 'second' : 'primary'} busy={making.isPending} onClick={() => (isMade ? print() : making.mutate())}>
            {t(isMade ? 'house.slip.print' : 'house.slip.make')}
          </Button>
          <Button tone={isMade ? 'primary' : 'quiet'} busy={ending.isPending} onClick={() => ending.mutate()}>
            {t('house.end')}
          </Button>
        </Actions>
      </div>
    </div>
  );
}

function Paper({ slip: { code, madeAt } }: { slip: Slip }) {
  const t = useText('house');
  const dates = useDates();
  const session = useSession();
  const numbers = (useCases().data?.pages ?? []).flatMap(({ rows }) => rows.flatMap(({ number }) => number ?? []));
  return (
    <Card title={t('common.house')} live>
      <SummaryList
        rows={[
          { label: t('house.slip.name'), value: session ? fullName(session.person) : '' },
          { label: t('house.slip.code'), value: <span className={styles.code}>{`${code.slice(0, 4)}-${code.slice(4)}`}</span> },
          ...(numbers.length > 0 ? [{ label: t('house.slip.cases'), value: numbers.join(', ') }] : []),
          { label: t('house.slip.made'), value: dates.inWords(madeAt) },
        ]}
      />
      <p>{t('house.slip.use')}</p>
      <p className="small muted">{t('house.slip.last')}</p>
    </Card>
  );
}
