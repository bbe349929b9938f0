import { useMutation, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { AssignmentReplay, AssignmentView } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useDates, useText } from '../words.js';
import { whyIn } from './why.js';

/** Every choice of a mediator for this case, and each made again from what was kept of it. */
export function AssignmentHistory({ caseId }: { caseId: string }) {
  const t = useText('assignment');
  const found = useQuery({
    queryKey: ['assignments', caseId],
    queryFn: () => call(z.array(AssignmentView), `/cases/${caseId}/assignments`),
  });
  if (!found.data?.length) return null;
  return (
    <Card title={t('assignment.history')}>
      <ul className="plain stack">
        {found.data.map((one) => (
          <Choice key={one.id} of={one} />
        ))}
      </ul>
    </Card>
  );
}

function Choice({ of: { id, mediator, place, among, at, by, terms } }: { of: AssignmentView }) {
  const t = useText('assignment');
  const dates = useDates();
  const replay = useMutation({ mutationFn: () => call(AssignmentReplay, `/assignments/${id}/replay`) });
  return (
    <li>
      <b>{t('assignment.history.place', { at: dates.moment(at), name: mediator, place, among })}</b>
      {by === 'system' && `, ${t('assignment.history.system')}`}
      <p className="small">{terms.map((term) => whyIn(t, term)).join('; ')}</p>
      {replay.error && <Failure of={replay.error} />}
      <div aria-live="polite">
        {replay.data ? (
          <p>
            {t(replay.data.same ? 'assignment.replay.same' : 'assignment.replay.differs')}
            {replay.data.batch && ` ${t('assignment.replay.batch', { count: replay.data.batch.cases })}`}
          </p>
        ) : (
          <Button small tone="quiet" busy={replay.isPending} onClick={() => replay.mutate()}>
            {t('assignment.replay')}
          </Button>
        )}
      </div>
    </li>
  );
}
