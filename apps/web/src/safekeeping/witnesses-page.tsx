import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { AuditWitness, languages, NameWitness } from '#contract';
import { call } from '../api.js';
import { AskForm } from '../parts/ask-form.js';
import { Confirm } from '../parts/confirm.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';

/** Who outside the house is mailed the root of every day. */
export function WitnessesPage() {
  const t = useText('safekeeping');
  const dates = useDates();
  const found = useQuery({ queryKey: ['witnesses'], queryFn: () => call(z.array(AuditWitness), '/audit-witnesses') });
  return (
    <>
      <PageHead title={t('safekeeping.witnesses')} lead={t('safekeeping.witnesses.lead')} back="/admin/safekeeping" />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable<AuditWitness>
          caption={t('safekeeping.witnesses.caption')}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('safekeeping.witnesses.none')}</p>}
          columns={[
            { key: 'name', label: t('safekeeping.witnesses.name'), whole: true, cell: ({ name }) => <b>{name}</b> },
            { key: 'email', label: t('safekeeping.witnesses.email'), cell: ({ email }) => email },
            { key: 'language', label: t('safekeeping.witnesses.language'), cell: ({ language }) => t(`safekeeping.language.${language}`) },
            { key: 'since', label: t('safekeeping.witnesses.since'), cell: ({ since }) => dates.inWords(since) },
            {
              key: 'until',
              label: t('safekeeping.witnesses.until'),
              cell: (row) => (row.until ? dates.inWords(row.until) : <End row={row} />),
            },
          ]}
        />
      )}
      <h2>{t('safekeeping.witnesses.add')}</h2>
      <AskForm
        schema={NameWitness}
        path="/audit-witnesses"
        refresh={['witnesses']}
        button={t('safekeeping.witnesses.save')}
        read={(typed) => ({ name: typed.get('name'), email: typed.get('email'), language: typed.get('language') })}
      >
        {(complaints) => (
          <>
            <TextField name="name" label={t('safekeeping.witnesses.name')} complaint={complaints['name']} />
            <TextField name="email" type="email" label={t('safekeeping.witnesses.email')} complaint={complaints['email']} />
            <SelectField name="language" width="middle" label={t('safekeeping.witnesses.language')}>
              {languages.map((one) => (
                <option key={one} value={one}>
                  {t(`safekeeping.language.${one}`)}
                </option>
              ))}
            </SelectField>
          </>
        )}
      </AskForm>
    </>
  );
}

function End({ row: { id, name } }: { row: AuditWitness }) {
  const t = useText('safekeeping');
  const cache = useQueryClient();
  const end = useMutation({
    mutationFn: () => call(z.unknown(), `/audit-witnesses/${id}`, { method: 'DELETE' }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['witnesses'] }),
  });
  return (
    <Confirm
      tone="quiet"
      label={t('safekeeping.witnesses.end')}
      question={t('safekeeping.witnesses.end.question', { name })}
      text={t('safekeeping.witnesses.end.text')}
      confirmLabel={t('safekeeping.witnesses.end')}
      busy={end.isPending}
      onConfirm={() => end.mutate()}
    />
  );
}
