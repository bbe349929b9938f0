import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { KeepRelation, relationKinds, RelationView } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { DataTable } from '../parts/data-table.js';
import { DayField } from '../parts/day-field.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { CheckCard } from '../parts/option-cards.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';

const key = ['relations'];

/** Whom the mediator is tied to: his own list, from which the cabinet knows what not to offer him, or what he has to disclose. */
export function TiesPage() {
  const t = useText('conflicts');
  const cache = useQueryClient();
  const found = useQuery({ queryKey: key, queryFn: () => call(z.array(RelationView), '/people/me/relations') });
  const remove = useMutation({
    mutationFn: (id: string) => call(z.unknown(), `/relations/${id}`, { method: 'DELETE' }),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
  return (
    <>
      <PageHead title={t('conflicts.ties.title')} lead={t('conflicts.ties.lead')} back="/mediator" />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {remove.error && <Failure of={remove.error} />}
      {found.data && (
        <DataTable
          caption={t('conflicts.ties.title')}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('conflicts.ties.none')}</p>}
          columns={[
            { key: 'label', label: t('conflicts.ties.label'), cell: ({ label }) => <b>{label}</b>, whole: true },
            {
              key: 'kind',
              label: t('conflicts.ties.kind'),
              cell: ({ kind, bars }) => [t(`conflicts.hint.${kind}`), bars && t('conflicts.ties.barred')].filter(Boolean).join(', '),
            },
            { key: 'until', label: t('conflicts.ties.until'), cell: ({ until }) => <span className="num nw">{until ?? '–'}</span> },
            {
              key: 'act',
              label: t('common.change'),
              cell: ({ id }) => (
                <Button small tone="second" busy={remove.isPending} onClick={() => remove.mutate(id)}>
                  {t('conflicts.ties.remove')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <Add key={found.data?.length} />
    </>
  );
}

function Add() {
  const t = useText('conflicts');
  const cache = useQueryClient();
  const { complaints, attempt, note } = useComplaints();
  const keep = useMutation({
    mutationFn: (body: KeepRelation) => call(z.unknown(), '/people/me/relations', { method: 'POST', body }),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = KeepRelation.safeParse({
      ...Object.fromEntries(form),
      id: newId(),
      until: form.get('until') || null,
      bars: form.get('bars') === 'yes',
    });
    note(
      read.success
        ? {}
        : Object.fromEntries(
            read.error.issues.map(({ path }) => [
              String(path[0]),
              path[0] === 'idNumber' ? 'iin' : path[0] === 'until' ? 'date' : 'required',
            ]),
          ),
    );
    if (read.success && !keep.isPending) keep.mutate(read.data);
  };
  return (
    <form noValidate onSubmit={submit}>
      <h2>{t('conflicts.ties.add')}</h2>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <TextField
        name="idNumber"
        label={t('conflicts.ties.number')}
        inputMode="numeric"
        maxLength={12}
        width="middle"
        complaint={complaints['idNumber']}
      />
      <TextField name="label" label={t('conflicts.ties.label')} maxLength={120} complaint={complaints['label']} />
      <SelectField name="kind" label={t('conflicts.ties.kind')} width="middle">
        {relationKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`conflicts.hint.${kind}`)}
          </option>
        ))}
      </SelectField>
      <DayField
        name="until"
        label={t('conflicts.ties.until')}
        hint={t('conflicts.ties.until.hint')}
        optional
        complaint={complaints['until']}
      />
      <CheckCard name="bars" label={t('conflicts.ties.bars')} />
      {keep.error && <Failure of={keep.error} />}
      <Actions>
        <Button type="submit" busy={keep.isPending}>
          {t('conflicts.ties.add')}
        </Button>
      </Actions>
    </form>
  );
}
