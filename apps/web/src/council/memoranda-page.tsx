import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { Memorandum, NoteMemorandum } from '#contract';
import { wholeNumber } from '#language';
import { call } from '../api.js';
import { AskForm } from '../parts/ask-form.js';
import { Confirm } from '../parts/confirm.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { DayField } from '../parts/day-field.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useReference } from '../reference.js';
import { useSession } from '../session.js';
import { useDates, useLanguage, useText } from '../words.js';

/** Partner bodies: who may refer, since when, and how many came of it. */
export function MemorandaPage() {
  const t = useText('council');
  const isDesk = useSession()?.role === 'coordinator';
  const columns = useColumns(isDesk);
  const found = useQuery({ queryKey: ['memoranda'], queryFn: () => call(z.array(Memorandum), '/memoranda') });
  return (
    <>
      <PageHead title={t('council.memoranda')} lead={t('council.memoranda.lead')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable<Memorandum>
          caption={t('council.memoranda.caption')}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('council.memoranda.none')}</p>}
          columns={columns}
        />
      )}
      {isDesk && <NoteForm />}
    </>
  );
}

function useColumns(isDesk: boolean): Column<Memorandum>[] {
  const t = useText('council');
  const dates = useDates();
  const day = (on: string) => dates.inWords(`${on}T05:00:00Z`);
  return [
    {
      key: 'partner',
      label: t('council.memoranda.partner'),
      whole: true,
      cell: ({ partner, number }) => <b>{[partner, number && `№ ${number}`].filter(Boolean).join(', ')}</b>,
    },
    { key: 'refers', label: t('council.memoranda.refers'), cell: ({ refers }) => t(refers ? 'common.yes' : 'common.no') },
    { key: 'since', label: t('council.memoranda.since'), cell: ({ since }) => day(since) },
    {
      key: 'until',
      label: t('council.memoranda.until'),
      cell: ({ until, endedOn }) => ((endedOn ?? until) ? day((endedOn ?? until)!) : t('council.memoranda.until.none')),
    },
    { key: 'state', label: t('council.memoranda.state'), cell: ({ state }) => t(`council.memoranda.state.${state}`) },
    {
      key: 'referred',
      label: t('council.memoranda.referred'),
      number: true,
      cell: ({ referred }) => (referred === null ? '–' : `${wholeNumber(referred)}${isDesk ? '' : '+'}`),
    },
    ...(isDesk ? [{ key: 'acts', label: '', cell: (row: Memorandum) => (row.state === 'ended' ? null : <End row={row} />) }] : []),
  ];
}

function End({ row: { id, partner } }: { row: Memorandum }) {
  const t = useText('council');
  const cache = useQueryClient();
  const end = useMutation({
    mutationFn: () => call(z.unknown(), `/memoranda/${id}/end`, { method: 'PUT' }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['memoranda'] }),
  });
  return (
    <Confirm
      tone="quiet"
      label={t('council.memoranda.end')}
      question={t('council.memoranda.end.question', { partner })}
      text={t('council.memoranda.end.text')}
      confirmLabel={t('council.memoranda.end')}
      busy={end.isPending}
      onConfirm={() => end.mutate()}
    />
  );
}

function NoteForm() {
  const t = useText('council');
  const language = useLanguage();
  const courts = useReference()?.courts ?? [];
  return (
    <>
      <h2>{t('council.memoranda.add')}</h2>
      <AskForm schema={NoteMemorandum} path="/memoranda" refresh={['memoranda']} button={t('council.memoranda.save')} read={readNote}>
        {(complaints) => (
          <>
            <TextField name="partner" label={t('council.memoranda.partner')} complaint={complaints['partner']} />
            <SelectField name="courtId" label={t('council.memoranda.court')}>
              <option value="">{t('council.memoranda.court.none')}</option>
              {courts.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name[language]}
                </option>
              ))}
            </SelectField>
            <p>
              <label>
                <input type="checkbox" name="refers" defaultChecked /> {t('council.memoranda.refers')}
              </label>
            </p>
            <TextField name="number" width="middle" optional label={t('council.memoranda.number')} complaint={complaints['number']} />
            <DayField name="since" label={t('council.memoranda.since')} complaint={complaints['since']} />
            <DayField name="until" optional label={t('council.memoranda.until')} complaint={complaints['until']} />
          </>
        )}
      </AskForm>
    </>
  );
}

const readNote = (typed: FormData) => ({
  partner: typed.get('partner'),
  courtId: typed.get('courtId') || null,
  refers: typed.get('refers') !== null,
  number: typed.get('number'),
  since: typed.get('since'),
  until: typed.get('until') || null,
});
