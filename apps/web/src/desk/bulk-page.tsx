import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type BulkAction, bulkActions, BulkDone, BulkPreview, type BulkRow, CaseRows } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { Actions, Button } from '../parts/button.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { filtersIn } from './queue-filters.js';

/** One act for a pile: what will happen to each case, then, at one press, that. */
export function BulkPage() {
  const t = useText('desk');
  const [search] = useSearchParams();
  const action = bulkActions.find((one) => one === search.get('action')) ?? 'offer';
  const queue = search.get('queue');
  const asked = { ...(queue && { queue }), ...filtersIn(search), limit: '50' };
  const preview = useQuery({
    queryKey: ['bulk', action, asked], // not the desk's: a look keeps its choice, whatever moves meanwhile
    queryFn: async () => {
      const { rows } = await call(CaseRows, `/cases?${new URLSearchParams(asked)}`);
      const caseIds = rows.map(({ id }) => id);
      return caseIds.length === 0
        ? { batchId: null, rows: [] }
        : call(BulkPreview, '/desk/previews', { method: 'POST', body: { action, caseIds } });
    },
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <>
      <PageHead title={t(`desk.bulk.${action}`)} lead={t('desk.bulk.lead')} back="/desk" backLabel={t('desk.toQueue')} />
      {preview.isPending && <Waiting />}
      {preview.isError && <Failure of={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && <Previewed key={action} action={action} preview={preview.data} />}
    </>
  );
}

/** As it was looked at: what has moved since is refused case by case, and what was done stays to be read. */
function Previewed({ action, preview }: { action: BulkAction; preview: BulkPreview }) {
  const t = useText('desk');
  const [{ batchId, rows }] = useState(preview);
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: (cases: object[]) => call(BulkDone, '/desk/acts', { method: 'POST', body: { action, ...(batchId && { batchId }), cases } }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['cases'] }),
  });
  const possible = rows.filter((row) => row.possible);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const ticked = new Set(new FormData(event.currentTarget).getAll('case'));
    const cases = possible.filter(({ caseId }) => ticked.has(caseId)).map(({ caseId: id, since }) => ({ id, since }));
    if (cases.length > 0 && !act.isPending) act.mutate(cases);
  };
  const outcomeOf = (caseId: string) => act.data?.find((one) => one.caseId === caseId);
  const told = (row: BulkRow) => {
    const outcome = outcomeOf(row.caseId);
    if (outcome)
      return outcome.done ? t('desk.bulk.done') : t('desk.bulk.refused', { why: t(`errors.${outcome.code}` as TextKey<'errors'>) });
    return row.possible
      ? t(`desk.bulk.will.${action}`, { name: row.mediator?.name ?? '' })
      : t(`desk.bulk.reason.${row.reason ?? 'state'}`);
  };
  if (possible.length === 0) return <p className="muted">{t('desk.bulk.none')}</p>;
  return (
    <form onSubmit={submit}>
      <DataTable
        caption={t(`desk.bulk.${action}`)}
        rows={rows}
        rowKey={({ caseId }) => caseId}
        columns={[
          { key: 'case', label: t('desk.bulk.case'), whole: true, cell: (row) => <Ticked row={row} isOver={Boolean(act.data)} /> },
          { key: 'will', label: t('desk.bulk.will'), cell: told },
        ]}
      />
      {act.error && <Failure of={act.error} />}
      <div aria-live="polite">
        {act.data && <p>{t('desk.bulk.finished', { done: act.data.filter(({ done }) => done).length, count: act.data.length })}</p>}
      </div>
      {!act.data && (
        <Actions>
          <Button type="submit" busy={act.isPending}>
            {t('desk.bulk.do', { count: possible.length })}
          </Button>
        </Actions>
      )}
    </form>
  );
}

function Ticked({ row: { caseId, number, title, possible }, isOver }: { row: BulkRow; isOver: boolean }) {
  const t = useText('desk');
  return (
    <label>
      {!isOver && <input type="checkbox" name="case" value={caseId} defaultChecked={possible} disabled={!possible} />}{' '}
      <Link to={`/desk/cases/${caseId}`} className="num nw">
        {number ?? t('desk.noNumber')}
      </Link>{' '}
      {title}
    </label>
  );
}
