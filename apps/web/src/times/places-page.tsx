import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { KeepResource, resourceKinds, ResourceView } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { DataTable } from '../parts/data-table.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { CheckCard, CheckCards } from '../parts/option-cards.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';

const key = ['resources'];
const spoken = ['sgn', 'kk', 'ru', 'en', 'de', 'tr', 'zh'] as const;
type Kept = KeepResource & { id: string };

function useKeepResource() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Kept) => call(ResourceView, `/resources/${id}`, { method: 'PUT', body }),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
}

/** Rooms of the House and interpreters: what a meeting may need besides people. */
export function PlacesPage() {
  const t = useText('times');
  const found = useQuery({ queryKey: key, queryFn: () => call(z.array(ResourceView), '/resources') });
  const keep = useKeepResource();
  return (
    <>
      <PageHead title={t('times.places.title')} lead={t('times.places.lead')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {keep.error && <Failure of={keep.error} />}
      <div className="stack">
        {found.isSuccess && (
          <Table rows={found.data} busy={keep.isPending} onClose={(row) => keep.mutate({ ...row, closed: !row.closed })} />
        )}
        {found.isSuccess && <Add key={found.data.length} busy={keep.isPending} onAdd={(row) => keep.mutate(row)} />}
      </div>
    </>
  );
}

function Table({ rows, busy, onClose }: { rows: ResourceView[]; busy: boolean; onClose: (row: ResourceView) => void }) {
  const t = useText('times');
  const tongue = (code: string) => {
    const known = spoken.find((one) => one === code);
    return known ? t(`times.interpreter.${known}`) : code;
  };
  return (
    <DataTable
      caption={t('times.places.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<p>{t('times.places.none')}</p>}
      columns={[
        { key: 'name', label: t('times.places.name'), cell: ({ name }) => <b>{name}</b>, whole: true },
        { key: 'kind', label: t('times.places.kind'), cell: ({ kind }) => t(`times.places.kind.${kind}`) },
        {
          key: 'more',
          label: t('times.places.more'),
          cell: ({ languages, stepFree }) =>
            [...languages.map(tongue), stepFree && t('times.places.stepFree')].filter(Boolean).join(', ') || '–',
        },
        { key: 'state', label: t('common.state'), cell: ({ closed }) => t(closed ? 'times.places.closed' : 'times.places.open') },
        {
          key: 'act',
          label: t('common.change'),
          cell: (row) => (
            <Button small tone="second" busy={busy} onClick={() => onClose(row)}>
              {t(row.closed ? 'times.places.reopen' : 'times.places.close', { name: row.name })}
            </Button>
          ),
        },
      ]}
    />
  );
}

function Add({ busy, onAdd }: { busy: boolean; onAdd: (row: Kept) => void }) {
  const t = useText('times');
  const [kind, setKind] = useState<string>('place');
  const { complaints, attempt, check } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const row = check(KeepResource, {
      kind: form.get('kind'),
      name: form.get('name'),
      languages: form.getAll('languages'),
      stepFree: form.has('stepFree'),
      weekly: [],
      bufferMinutes: 0,
      closed: false,
    });
    if (row && !busy) onAdd({ id: newId(), ...row });
  };
  return (
    <Card title={t('times.places.add')}>
      <form noValidate onSubmit={submit}>
        <ErrorSummary complaints={complaints} attempt={attempt} />
        <TextField name="name" label={t('times.places.name')} width="middle" complaint={complaints['name']} />
        <SelectField
          name="kind"
          label={t('times.places.kind')}
          width="middle"
          value={kind}
          onChange={({ target }) => setKind(target.value)}
        >
          {resourceKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`times.places.kind.${kind}`)}
            </option>
          ))}
        </SelectField>
        {kind === 'interpreter' ? (
          <CheckCards
            name="languages"
            legend={t('times.places.languages')}
            options={spoken.map((language) => ({ value: language, label: t(`times.interpreter.${language}`) }))}
          />
        ) : (
          <CheckCard name="stepFree" label={t('times.places.stepFree')} />
        )}
        <Actions>
          <Button type="submit" busy={busy}>
            {t('times.places.save')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}
