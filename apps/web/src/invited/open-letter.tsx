import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { InvitationView, ShowInvitationCode } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';

/** The code of a letter. It goes to the server at once and from there into a cookie; it is kept nowhere in the page. */
export function OpenLetter({ code = '' }: { code?: string }) {
  const t = useText('start');
  const navigate = useNavigate();
  const { complaints, check } = useComplaints({ code: 'invitation_code' });
  const opening = useMutation({
    mutationFn: (shown: { code: string }) => call(InvitationView, '/invitations/openings', { method: 'POST', body: shown }),
    onSuccess: () => navigate('/invitation', { replace: code !== '' }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const shown = check(ShowInvitationCode, { code: String(new FormData(event.currentTarget).get('letter')) });
    if (shown) opening.mutate(shown);
  };

  return (
    <Card kind="panel" title={t('start.code.title')}>
      <p>{t('start.code.text')}</p>
      <form noValidate onSubmit={submit}>
        <TextField
          name="letter"
          label={t('start.code.label')}
          hint={t('start.code.hint')}
          complaint={complaints['code']}
          defaultValue={code}
          width="middle"
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
        />
        {opening.isError && <Failure of={opening.error} />}
        <Button type="submit" busy={opening.isPending}>
          {t('start.code.open')}
        </Button>
      </form>
    </Card>
  );
}
