import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { z } from 'zod';
import { UseStaffInvitation } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { QuestionPage } from '../parts/question-page.js';
import { TextField } from '../parts/text-field.js';
import { useArrive } from '../session.js';
import { useText } from '../words.js';
import { ConsentTick, useConsentVersion } from './consent.js';

/** The letter's address carries the code; it leaves the address bar at once. */
export function StaffInvitationPage() {
  const t = useText('auth');
  const version = useConsentVersion();
  const arrive = useArrive();
  const { code: carried = '' } = useParams();
  const [code] = useState(carried);
  useEffect(() => history.replaceState(history.state, '', '/staff-invitation'), []);
  const { complaints, attempt, check, take, note } = useComplaints({ password: 'password' });
  const using = useMutation({
    mutationFn: (body: UseStaffInvitation) => call(z.unknown(), '/staff-invitations/uses', { method: 'POST', body }),
    onSuccess: arrive,
    onError: take,
  });
  const send = (form: FormData) => {
    const read = check(UseStaffInvitation, { ...Object.fromEntries(form), consent: { version } });
    if (read && !form.has('consent')) return note({ consent: 'consent' });
    if (read) using.mutate(read);
  };
  return (
    <QuestionPage
      title={t('auth.staff.title')}
      intro={t('auth.staff.text')}
      {...{ complaints, attempt }}
      refusal={using.error}
      busy={using.isPending}
      send={t('auth.staff.finish')}
      onSend={send}
    >
      <TextField
        name="code"
        label={t('auth.staff.code')}
        complaint={complaints['code']}
        defaultValue={code}
        autoComplete="off"
        width="middle"
      />
      <TextField
        name="password"
        type="password"
        label={t('auth.password.new')}
        hint={t('auth.password.hint')}
        complaint={complaints['password']}
        autoComplete="new-password"
      />
      <ConsentTick complaint={complaints['consent']} />
    </QuestionPage>
  );
}
