import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ChangeContact, ProfileView } from '#contract';
import { CodeQuestion } from '../auth/code-question.js';
import { ContactQuestion, type Sent } from '../auth/contact-question.js';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { CodeInput } from '../parts/code-input.js';
import { useText } from '../words.js';
import { profileKey } from './profile-page.js';

/** A phone or an e-mail counts from the moment its code has come back. */
export function ContactPage() {
  const t = useText('people');
  const [sent, setSent] = useState<Sent | null>(null);
  if (sent) return <ConfirmContact sent={sent} onAgain={() => setSent(null)} />;
  return (
    <ContactQuestion
      purpose="add_contact"
      title={t('people.me.contact.title')}
      hint={t('people.me.contact.hint')}
      back="/profile"
      onSent={setSent}
    />
  );
}

function ConfirmContact({ sent, onAgain }: { sent: Sent; onAgain: () => void }) {
  const t = useText('people');
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { complaints, attempt, check } = useComplaints({ code: 'code', 'former.code': 'code' });
  const confirming = useMutation({
    mutationFn: (body: ChangeContact) => call(ProfileView, '/people/me/contacts', { method: 'POST', body }),
    onSuccess: (profile) => {
      cache.setQueryData(profileKey, profile);
      return navigate('/profile');
    },
  });
  const send = (form: FormData) => {
    const { codeId, former } = sent;
    const read = check(ChangeContact, {
      codeId,
      code: form.get('code'),
      ...(former && { former: { codeId: former.codeId, code: form.get('former.code') } }),
    });
    if (read) confirming.mutate(read);
  };
  return (
    <CodeQuestion {...{ sent, complaints, attempt, onAgain }} refusal={confirming.error} busy={confirming.isPending} onSend={send}>
      {sent.former && (
        <CodeInput
          name="former.code"
          label={t('people.me.contact.former')}
          hint={t('people.me.contact.former.hint')}
          complaint={complaints['former.code']}
        />
      )}
    </CodeQuestion>
  );
}
