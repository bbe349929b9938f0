import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { Drill, drillEveryDays } from '#contract';
import { wholeNumber } from '#language';
import { call } from '../api.js';
import { nowMs } from '../clock.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';

/** Reports of restoring a backup for a try: what was compared, and whether all of it held. */
export function DrillsPage() {
  const t = useText('safekeeping');
  const dates = useDates();
  const found = useQuery({ queryKey: ['drills'], queryFn: () => call(z.array(Drill), '/drills') });
  return (
    <>
      <PageHead title={t('safekeeping.drills')} lead={t('safekeeping.drills.lead')} back="/admin/safekeeping" />
      <p>
        <code>npm run drill</code>
      </p>
      {found.data && <NextDrill drills={found.data} />}
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable<Drill>
          caption={t('safekeeping.drills.caption')}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('safekeeping.drills.none')}</p>}
          columns={[
            { key: 'at', label: t('safekeeping.drills.at'), whole: true, cell: ({ begunAt }) => dates.moment(begunAt) },
            {
              key: 'holds',
              label: t('safekeeping.drills.result'),
              cell: ({ holds }) => <b>{t(holds ? 'safekeeping.drills.holds' : 'safekeeping.drills.fails')}</b>,
            },
            {
              key: 'rows',
              label: t('safekeeping.drills.rows'),
              cell: ({ report: { tables, rows, differing } }) =>
                [t('safekeeping.drills.rows.of', { rows: wholeNumber(rows), tables }), ...differing].join(', '),
            },
            {
              key: 'chains',
              label: t('safekeeping.drills.chains'),
              cell: ({ report: { chains, rootsEqual } }) =>
                `${wholeNumber(chains)}, ${t(rootsEqual ? 'safekeeping.drills.fit' : 'safekeeping.drills.unfit')}`,
            },
            {
              key: 'shredded',
              label: t('safekeeping.drills.shredded'),
              cell: ({ report: { shredded, revived } }) =>
                `${wholeNumber(shredded)}, ${revived === 0 ? t('safekeeping.drills.gone') : t('safekeeping.drills.revived', { n: revived })}`,
            },
            {
              key: 'took',
              label: t('safekeeping.drills.took'),
              number: true,
              cell: ({ report: { seconds } }) =>
                t('safekeeping.drills.seconds', { n: Math.ceil(seconds.backup + seconds.restore + seconds.compare) }),
            },
          ]}
        />
      )}
    </>
  );
}

/** By when the next one is due, and how a server does it by itself. */
function NextDrill({ drills }: { drills: Drill[] }) {
  const t = useText('safekeeping');
  const dates = useDates();
  const last = drills.find(({ holds }) => holds)?.endedAt;
  const due = last ? Date.parse(last) + drillEveryDays * 86_400_000 : null;
  if (due !== null && due > nowMs()) return <p>{t('safekeeping.drills.next', { day: dates.inWords(new Date(due).toISOString()) })}</p>;
  return (
    <>
      <p>{t('safekeeping.drills.overdue')}</p>
      <p>
        <code>0 3 1 * * cd kelisim && npm run drill</code>
      </p>
    </>
  );
}
