import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ImportFault, importLimits, type ImportPreview, ImportView } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { useComplaintText } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { useDates, useText } from '../words.js';

type Props = { table: Blob; preview: ImportPreview; path: string };

/** What of a table is ready and what is wrong with the rest; then, at one press, batch after batch. */
export function ImportPreviewed({ table, path, preview: { rows, good, missing, faults, known } }: Props) {
  const t = useText('desk');
  const dates = useDates();
  const isIn = known !== null && known.done >= known.good;
  if (missing.length > 0)
    return <p role="alert">{t('desk.imports.missing', { columns: missing.map((name) => t(`desk.imports.of.${name}`)).join(', ') })}</p>;
  return (
    <section>
      <div aria-live="polite">
        <b>{t('desk.imports.good', { good, rows })}</b>
      </div>
      {isIn && <p>{t('desk.imports.known', { date: dates.inWords(known.madeAt) })}</p>}
      {known && !isIn && <p>{t('desk.imports.goOn', { done: known.done, good: known.good })}</p>}
      {faults.length > 0 && <Faults faults={faults} />}
      {good > 0 && !isIn && <TakeIn table={table} path={path} left={good - (known?.done ?? 0)} />}
    </section>
  );
}

function Faults({ faults }: { faults: ImportFault[] }) {
  const t = useText('desk');
  const complain = useComplaintText();
  const own: Record<string, TextKey<'desk'>> = {
    formula: 'desk.imports.fault.formula',
    row_twice: 'desk.imports.fault.row_twice',
    too_wide: 'desk.imports.fault.too_wide',
    taken: 'desk.imports.fault.taken',
    court_id: 'desk.imports.fault.court_id',
    court_code: 'desk.imports.fault.court_code',
  };
  return (
    <>
      <p>{t('desk.imports.faulty')}</p>
      <DataTable
        caption={t('desk.imports.faults')}
        rows={faults.map((fault, at) => ({ ...fault, at }))}
        rowKey={({ at }) => String(at)}
        columns={[
          { key: 'line', label: t('desk.imports.line'), number: true, cell: ({ line }) => line },
          {
            key: 'column',
            label: t('desk.imports.column'),
            cell: ({ column }) => t(column ? `desk.imports.of.${column}` : 'desk.imports.row'),
          },
          { key: 'why', label: t('desk.imports.why'), cell: ({ code }) => (own[code] ? t(own[code]) : complain(code)) },
        ]}
      />
      {faults.length >= importLimits.faults && <p className="muted">{t('desk.imports.more', { count: faults.length })}</p>}
    </>
  );
}

function TakeIn({ table, path, left }: { table: Blob; path: string; left: number }) {
  const t = useText('desk');
  const cache = useQueryClient();
  const [now, setNow] = useState<ImportView | null>(null);
  const take = useMutation({
    mutationFn: async () => {
      for (;;) {
        const next = await call(ImportView, path, { method: 'POST', body: table });
        setNow(next);
        if (next.done >= next.good) return next;
      }
    },
    onSettled: () => cache.invalidateQueries(),
  });
  return (
    <>
      <div aria-live="polite">{take.data && <p>{t('desk.imports.finished', { done: take.data.done })}</p>}</div>
      {now && !take.data && (
        <p>
          <progress value={now.done} max={now.good} aria-label={t('desk.imports.title')} />{' '}
          {t('desk.imports.progress', { done: now.done, good: now.good })}
        </p>
      )}
      {take.error && <Failure of={take.error} />}
      {!take.data && (
        <Actions>
          <Button busy={take.isPending} onClick={() => take.mutate()}>
            {t('desk.imports.do', { count: left })}
          </Button>
        </Actions>
      )}
    </>
  );
}
