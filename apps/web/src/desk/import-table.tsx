import { IconTable } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type ImportKind, importLimits, ImportPreview, ImportView, ImportViews } from '#contract';
import { call } from '../api.js';
import styles from '../files/files.module.css';
import { Confirm } from '../parts/confirm.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { Icon } from '../parts/icon.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { ImportPreviewed } from './import-previewed.js';

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
type Props = { kind: ImportKind; path: string; query?: string };

/** One kind of table: chosen, previewed, taken in batch after batch; those of before, and taken back. */
export function ImportTable({ kind, path, query = '' }: Props) {
  const t = useText('desk');
  const id = useId();
  const preview = useMutation({
    mutationFn: async (file: File) => {
      const type = /\.xlsx$/i.test(file.name) ? workbook : 'text/csv';
      const body = new Blob([await file.arrayBuffer()], { type });
      return { body, found: await call(ImportPreview, `${path}/previews${query}`, { method: 'POST', body }) };
    },
  });
  return (
    <>
      <div className={styles.picker}>
        <input
          id={id}
          className="vh"
          type="file"
          accept={`.csv,text/csv,.xlsx,${workbook}`}
          aria-describedby={`${id}-note`}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) preview.mutate(file);
            target.value = '';
          }}
        />
        <label htmlFor={id} className={styles.choose}>
          <Icon of={IconTable} />
          {t('desk.imports.choose')}
        </label>
        <p id={`${id}-note`} className={styles.note}>
          {t('desk.imports.limits', { rows: importLimits.rows / 1000 })}
        </p>
      </div>
      {preview.variables && <p>{preview.variables.name}</p>}
      {preview.isPending && <Waiting />}
      {preview.error && <Failure of={preview.error} />}
      {preview.data && (
        <ImportPreviewed key={preview.submittedAt} table={preview.data.body} preview={preview.data.found} path={`${path}${query}`} />
      )}
      <hr />
      <Past kind={kind} path={`${path}${query}`} />
    </>
  );
}

function Past({ kind, path }: { kind: ImportKind; path: string }) {
  const t = useText('desk');
  const columns = useColumns();
  const found = useQuery({ queryKey: ['imports', kind], queryFn: () => call(ImportViews, path) });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return (
    <DataTable
      caption={t('desk.imports.past')}
      columns={columns}
      rows={found.data}
      rowKey={(row) => row.id}
      empty={<p>{t('desk.imports.none')}</p>}
    />
  );
}

function useColumns(): Column<ImportView>[] {
  const t = useText('desk');
  const dates = useDates();
  return [
    { key: 'when', label: t('desk.imports.when'), whole: true, cell: ({ madeAt }) => dates.moment(madeAt) },
    { key: 'in', label: t('desk.imports.in'), number: true, cell: ({ done }) => done },
    { key: 'state', label: t('desk.imports.state'), cell: (row) => <State of={row} /> },
    { key: 'undo', label: t('desk.imports.undo'), cell: (row) => (isLeft(row) ? <Undo of={row} /> : null) },
  ];
}
const isLeft = ({ done, undone, kept }: ImportView) => done > undone + kept.length;

function State({ of: { done, good, undone, undoneAt, kept } }: { of: ImportView }) {
  const t = useText('desk');
  if (!undoneAt) return t(done < good ? 'desk.imports.state.part' : 'desk.imports.state.in');
  const numbers = kept.map(({ name }) => name ?? t('desk.noNumber')).join(', ');
  return (
    <>
      {t('desk.imports.state.undone', { undone })}
      {numbers && (
        <>
          <br />
          {t('desk.imports.kept', { numbers })}
        </>
      )}
    </>
  );
}

function Undo({ of }: { of: ImportView }) {
  const t = useText('desk');
  const cache = useQueryClient();
  const [now, setNow] = useState<ImportView | null>(null);
  const undo = useMutation({
    mutationFn: async () => {
      for (let next = of; isLeft(next); setNow(next)) next = await call(ImportView, `/imports/${of.id}/undoing`, { method: 'PUT' });
    },
    onSettled: () => cache.invalidateQueries(),
  });
  return (
    <>
      <Confirm
        tone="quiet"
        label={t(of.undoneAt ? 'desk.imports.undo.rest' : 'desk.imports.undo')}
        question={t('desk.imports.undo.question')}
        text={t('desk.imports.undo.text')}
        confirmLabel={t('desk.imports.undo')}
        busy={undo.isPending}
        onConfirm={() => undo.mutate()}
      />
      {now && undo.isPending && (
        <p>
          <progress value={now.undone + now.kept.length} max={now.done} aria-label={t('desk.imports.undo')} />{' '}
          {t('desk.imports.undo.progress', { undone: now.undone + now.kept.length, done: now.done })}
        </p>
      )}
      {undo.error && <Failure of={undo.error} />}
    </>
  );
}
