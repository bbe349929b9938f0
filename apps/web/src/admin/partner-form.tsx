import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { MadePartnerToken, MakePartnerToken, partnerScopes, PeoplePage as People } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Notice } from '../parts/banner.js';
import { Actions, Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import styles from './invite-form.module.css';

/** Whose system, who of the court answers for it, what it may do, for how long. The token stands here once. */
export function PartnerForm() {
  const t = useText('admin');
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const { complaints, attempt, check, take } = useComplaints();
  const people = useQuery({ queryKey: ['people', 'clerks'], queryFn: () => call(People, '/people?limit=100') });
  const clerks = (people.data?.rows ?? []).filter(({ roles, disabled }) => roles.includes('court') && !disabled);
  const make = useMutation({
    mutationFn: (body: MakePartnerToken) => call(MadePartnerToken, '/partner-tokens', { method: 'POST', body }),
    onError: take,
    onSuccess: () => {
      form.current?.reset();
      void cache.invalidateQueries({ queryKey: ['partners'] });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const asked = check(MakePartnerToken, {
      name: typed.get('name'),
      personId: typed.get('personId'),
      scopes: typed.getAll('scopes'),
      days: Number(typed.get('days')),
    });
    if (asked && !make.isPending) make.mutate(asked);
  };
  if (people.isSuccess && clerks.length === 0) return <p>{t('admin.partners.noClerk')}</p>;
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <div className={styles.fields}>
        <TextField name="name" label={t('admin.partners.name')} maxLength={80} complaint={complaints['name']} />
        <SelectField name="personId" label={t('admin.partners.person')} complaint={complaints['personId'] && 'choose'}>
          {clerks.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField name="days" label={t('admin.partners.days')} inputMode="numeric" defaultValue="365" complaint={complaints['days']} />
      </div>
      <fieldset>
        <legend>{t('admin.partners.scopes')}</legend>
        {partnerScopes.map((scope) => (
          <p key={scope}>
            <label>
              <input type="checkbox" name="scopes" value={scope} defaultChecked={scope === 'referrals'} />{' '}
              {t(`admin.partners.scope.${scope}`)}
            </label>
          </p>
        ))}
      </fieldset>
      {Boolean(make.error) && Object.keys(complaints).length === 0 && <Failure of={make.error} />}
      <div aria-live="polite">
        {make.data && (
          <Notice icon={IconCircleCheck}>
            <p>
              {t('admin.partners.made')}
              <br />
              <code style={{ overflowWrap: 'anywhere' }}>{make.data.token}</code>
            </p>
          </Notice>
        )}
      </div>
      <Actions>
        <Button type="submit" busy={make.isPending}>
          {t('admin.partners.make')}
        </Button>
      </Actions>
    </form>
  );
}
