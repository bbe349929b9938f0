import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { InviteStaff, languages, type Role, roles, StaffInvitationRow } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Notice } from '../parts/banner.js';
import { Actions, Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';
import styles from './invite-form.module.css';

const offered = roles.filter((role) => role !== 'citizen');

export function InviteForm() {
  const t = useText('admin');
  const language = useLanguage();
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [role, setRole] = useState<Role>('mediator');
  const courts = useReference()?.courts ?? [];
  const { complaints, attempt, check, take } = useComplaints({ email: 'email' });
  const invite = useMutation({
    mutationFn: (body: InviteStaff) => call(StaffInvitationRow, '/staff-invitations', { method: 'POST', body }),
    onError: take,
    onSuccess: () => {
      form.current?.reset();
      void cache.invalidateQueries({ queryKey: ['people', 'invitations'] });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(event.currentTarget));
    const asked = check(InviteStaff, { ...typed, role, courtId: role === 'court' ? typed['courtId'] || null : null });
    if (asked && !invite.isPending) invite.mutate(asked);
  };
  const text = (name: 'surname' | 'given' | 'patronymic' | 'email', rest: { type?: string; optional?: boolean } = {}) => (
    <TextField key={name} name={name} label={t(`admin.invite.${name}`)} maxLength={254} complaint={complaints[name]} {...rest} />
  );

  return (
    <form ref={form} noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <div className={styles.fields}>
        {text('surname')}
        {text('given')}
        {text('patronymic', { optional: true })}
        {text('email', { type: 'email' })}
        <SelectField name="role" label={t('admin.invite.role')} value={role} onChange={({ target }) => setRole(target.value as Role)}>
          {offered.map((one) => (
            <option key={one} value={one}>
              {t(`common.role.${one}`)}
            </option>
          ))}
        </SelectField>
        {role === 'court' && (
          <SelectField name="courtId" label={t('admin.invite.court')} complaint={complaints['courtId'] && 'choose'}>
            {courts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name[language]}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField name="language" label={t('admin.invite.language')} defaultValue={language}>
          {languages.map((one) => (
            <option key={one} value={one}>
              {t(`common.${one}`)}
            </option>
          ))}
        </SelectField>
      </div>
      {Boolean(invite.error) && Object.keys(complaints).length === 0 && <Failure of={invite.error} />}
      <div aria-live="polite">
        {invite.data && (
          <Notice icon={IconCircleCheck}>
            <p>{t('admin.invite.sent', { name: invite.data.name })}</p>
          </Notice>
        )}
      </div>
      <Actions>
        <Button type="submit" busy={invite.isPending}>
          {t('admin.invite.send')}
        </Button>
      </Actions>
    </form>
  );
}
