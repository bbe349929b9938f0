import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { type CaseLook, CaseLooks } from '#contract';
import { timeInWords } from '#language';
import { call } from '../api.js';
import { Card } from '../parts/card.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';

const hourMs = 3_600_000;

/** Who opened one's own case in office, and in which hour. */
export function LooksPage() {
  const t = useText('safekeeping', 'case');
  const { caseId = '' } = useParams();
  const dates = useDates();
  const { court } = useNames();
  const found = useQuery({ queryKey: ['looks', caseId], queryFn: () => call(CaseLooks, `/cases/${caseId}/looks`) });
  const hourOf = ({ hour }: CaseLook) =>
    t('safekeeping.looks.from', {
      day: dates.inWords(hour),
      from: timeInWords(hour),
      to: timeInWords(new Date(Date.parse(hour) + hourMs)),
    });
  return (
    <>
      <PageHead title={t('safekeeping.looks.title')} lead={t('safekeeping.looks.lead')} back={`/cases/${caseId}`} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable<CaseLook>
          caption={t('safekeeping.looks.caption')}
          rows={found.data.looks}
          rowKey={({ hour, capacity, what, name, courtId }) => [hour, capacity, what, name, courtId].join()}
          empty={<p>{t('safekeeping.looks.none')}</p>}
          columns={[
            {
              key: 'who',
              label: t('safekeeping.looks.who'),
              whole: true,
              cell: ({ capacity, name, courtId }) =>
                t(`safekeeping.looks.capacity.${capacity}`, { name: name ?? '', court: court(courtId) }),
            },
            { key: 'what', label: t('safekeeping.looks.what'), cell: ({ what }) => t(`safekeeping.looks.what.${what}`) },
            { key: 'hour', label: t('safekeeping.looks.hour'), cell: hourOf },
          ]}
        />
      )}
      {found.data && found.data.openings.length > 0 && (
        <Card title={t('safekeeping.looks.openings')}>
          {found.data.openings.map(({ at, until, ground }) => (
            <p key={at}>
              <b>{t('safekeeping.looks.opening', { from: dates.moment(at), until: dates.moment(until) })}</b>
              <br />
              {ground}
            </p>
          ))}
        </Card>
      )}
      <hr />
      <p className="small muted">{t('safekeeping.looks.once')}</p>
      <p className="small muted">{t('safekeeping.looks.rooms')}</p>
    </>
  );
}
