import { useMutation, type UseMutationResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { SessionRow } from '#contract';
import { call } from '../api.js';
import { Confirm } from '../parts/confirm.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';

const SessionRows = z.array(SessionRow);
const key = ['sessions'];

type Ending = UseMutationResult<unknown, Error, string>;

/** Where the person is signed in; any of it can be ended from here. */
export function SessionsPage() {
  const t = useText('people');
  const dates = useDates();
  const cache = useQueryClient();
  const found = useQuery({ queryKey: key, queryFn: () => call(SessionRows, '/sessions') });
  const ending = useMutation({
    mutationFn: (id: string) => call(z.unknown(), `/sessions/${id}`, { method: 'DELETE' }),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });

  return (
    <>
      <PageHead title={t('people.sessions.title')} back="/profile" />
      <p>{t('people.sessions.text')}</p>
      {ending.isError && <Failure of={ending.error} />}
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable
          caption={t('people.sessions.title')}
          rows={found.data}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'device',
              label: t('people.sessions.device'),
              cell: ({ device }) => device || t('people.sessions.device.unknown'),
              whole: true,
            },
            { key: 'seen', label: t('people.sessions.seen'), cell: ({ lastSeenAt }) => dates.moment(lastSeenAt) },
            { key: 'began', label: t('people.sessions.began'), cell: ({ createdAt }) => dates.moment(createdAt) },
            {
              key: 'end',
              label: t('people.sessions.end'),
              whole: true,
              cell: (row) => <EndSession row={row} ending={ending} />,
            },
          ]}
        />
      )}
    </>
  );
}

function EndSession({ row: { id, current }, ending }: { row: z.infer<typeof SessionRow>; ending: Ending }) {
  const t = useText('people');
  if (current) return <b>{t('people.sessions.this')}</b>;
  return (
    <Confirm
      label={t('people.sessions.end')}
      question={t('people.sessions.end.sure')}
      confirmLabel={t('people.sessions.end')}
      busy={ending.isPending}
      onConfirm={() => ending.mutate(id)}
    />
  );
}
