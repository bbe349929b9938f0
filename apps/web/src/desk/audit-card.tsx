import { useMutation, useQuery } from '@tanstack/react-query';
import { AuditReport } from '#contract';
import { call, download } from '../api.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useDates, useText } from '../words.js';

/** Whether the chain of a case's facts holds, and the chain itself to be checked elsewhere. */
export function AuditCard({ caseId }: { caseId: string }) {
  const t = useText('audit');
  const dates = useDates();
  const found = useQuery({ queryKey: ['audit', caseId], queryFn: () => call(AuditReport, `/cases/${caseId}/audit`) });
  const take = useMutation({ mutationFn: () => download(`/cases/${caseId}/audit-exports`, {}) });
  if (!found.data) return null;
  const { holds, facts, brokenAt, root, day } = found.data;
  return (
    <Card title={t('audit.case')}>
      <p>{holds ? t('audit.holds', { count: facts }) : <b>{t('audit.broken', { n: brokenAt! })}</b>}</p>
      {holds && root === 'matches' && day && <p className="small muted">{t('audit.matches', { day: dates.withWeekday(day) })}</p>}
      {holds && root === 'differs' && (
        <p>
          <b>{t('audit.differs')}</b>
        </p>
      )}
      {holds && root === 'unknown' && <p className="small muted">{t('audit.unknown')}</p>}
      <Button small tone="second" busy={take.isPending} onClick={() => take.mutate()}>
        {t('audit.export')}
      </Button>
      {take.isError && <Failure of={take.error} />}
    </Card>
  );
}
