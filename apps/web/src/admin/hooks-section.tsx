import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { z } from 'zod';
import { HookCall, MadePartnerHook, MakePartnerHook, PartnerHookRow } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Notice } from '../parts/banner.js';
import { Actions, Button } from '../parts/button.js';
import { Confirm } from '../parts/confirm.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useNames, useReference } from '../reference.js';
import { useDates, useLanguage, useText } from '../words.js';
import styles from './invite-form.module.css';

/** Where courts' own systems are told of facts: made here, its secret shown once, ended at once; what became of the calls. */
export function HooksSection() {
  const t = useText('admin');
  const columns = useColumns();
  const found = useQuery({ queryKey: ['hooks'], queryFn: () => call(z.array(PartnerHookRow), '/partner-hooks') });
  return (
    <section>
      <h2>{t('admin.hooks')}</h2>
      <p>{t('admin.hooks.lead')}</p>
      <HookForm />
      <hr />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable
          caption={t('admin.hooks.caption')}
          columns={columns}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('admin.hooks.none')}</p>}
        />
      )}
    </section>
  );
}

function HookForm() {
  const t = useText('admin');
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const language = useLanguage();
  const courts = useReference()?.courts ?? [];
  const { complaints, attempt, check, take } = useComplaints();
  const make = useMutation({
    mutationFn: (body: MakePartnerHook) => call(MadePartnerHook, '/partner-hooks', { method: 'POST', body }),
    onError: take,
    onSuccess: () => {
      form.current?.reset();
      void cache.invalidateQueries({ queryKey: ['hooks'] });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = check(MakePartnerHook, Object.fromEntries(new FormData(event.currentTarget)));
    if (asked && !make.isPending) make.mutate(asked);
  };
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <div className={styles.fields}>
        <TextField name="name" label={t('admin.partners.name')} maxLength={80} complaint={complaints['name']} />
        <SelectField name="courtId" label={t('admin.invite.court')} complaint={complaints['courtId'] && 'choose'}>
          {courts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name[language]}
            </option>
          ))}
        </SelectField>
        <TextField name="address" label={t('admin.hooks.address')} inputMode="url" complaint={complaints['address'] && 'web_address'} />
      </div>
      {Boolean(make.error) && Object.keys(complaints).length === 0 && <Failure of={make.error} />}
      <div aria-live="polite">
        {make.data && (
          <Notice icon={IconCircleCheck}>
            <p>
              {t('admin.hooks.made')}
              <br />
              <code style={{ overflowWrap: 'anywhere' }}>{make.data.secret}</code>
            </p>
          </Notice>
        )}
      </div>
      <Actions>
        <Button type="submit" busy={make.isPending}>
          {t('admin.hooks.make')}
        </Button>
      </Actions>
    </form>
  );
}

function useColumns(): Column<PartnerHookRow>[] {
  const t = useText('admin');
  const dates = useDates();
  const names = useNames();
  return [
    { key: 'name', label: t('admin.partners.name'), whole: true, cell: ({ name, host }) => <Where name={name} host={host} /> },
    { key: 'court', label: t('admin.invite.court'), cell: ({ courtId }) => names.court(courtId) },
    { key: 'last', label: t('admin.hooks.last'), cell: ({ lastAt }) => (lastAt ? dates.moment(lastAt) : t('admin.partners.never')) },
    {
      key: 'calls',
      label: t('admin.hooks.calls'),
      cell: ({ done, waiting, givenUp }) => t('admin.hooks.counted', { done, waiting, givenUp }),
    },
    { key: 'state', label: t('admin.state'), cell: ({ state }) => t(`admin.hooks.state.${state}`) },
    { key: 'acts', label: t('admin.acts'), cell: (row) => <Acts row={row} /> },
  ];
}

const Where = ({ name, host }: { name: string; host: string }) => (
  <>
    <b>{name}</b>
    <br />
    {host}
  </>
);

function Acts({ row: { id, name, state, givenUp } }: { row: PartnerHookRow }) {
  const t = useText('admin');
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ['hooks'] });
  const end = useMutation({ mutationFn: () => call(z.unknown(), `/partner-hooks/${id}`, { method: 'DELETE' }), onSettled });
  const again = useMutation({ mutationFn: () => call(z.array(HookCall), `/partner-hooks/${id}/retries`, { method: 'PUT' }), onSettled });
  const log = useMutation({ mutationFn: () => call(z.array(HookCall), `/partner-hooks/${id}/calls`) });
  return (
    <>
      <Button tone="quiet" small busy={log.isPending} onClick={() => log.mutate()}>
        {t('admin.hooks.log')}
      </Button>
      {state === 'open' && givenUp > 0 && (
        <Button tone="quiet" small busy={again.isPending} onClick={() => again.mutate()}>
          {t('admin.hooks.again')}
        </Button>
      )}
      {state === 'open' && (
        <Confirm
          tone="quiet"
          label={t('admin.hooks.end')}
          question={t('admin.hooks.end.question', { name })}
          text={t('admin.hooks.end.text')}
          confirmLabel={t('admin.hooks.end')}
          busy={end.isPending}
          onConfirm={() => end.mutate()}
        />
      )}
      {log.data && <Log calls={log.data} />}
      {Boolean(log.error) && <Failure of={log.error} />}
    </>
  );
}

/** What became of each call, the latest first; of a case nothing stands here. */
function Log({ calls }: { calls: HookCall[] }) {
  const t = useText('admin');
  const dates = useDates();
  if (calls.length === 0) return <p>{t('admin.hooks.log.none')}</p>;
  return (
    <ul>
      {calls.slice(0, 20).map(({ eventId, state, tries, triedAt, status, failure }) => (
        <li key={eventId}>
          {t(`admin.hooks.call.${state}`)}
          {triedAt && `, ${dates.moment(triedAt)}`}
          {`, ${t('admin.hooks.tries', { count: tries })}`}
          {(status ?? failure) !== null && `, ${status ?? failure}`}
        </li>
      ))}
    </ul>
  );
}
