import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ProfileView, ShownCode } from '#contract';
import { CodeQuestion } from '../auth/code-question.js';
import { ContactQuestion, type Sent } from '../auth/contact-question.js';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
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
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { complaints, attempt, check } = useComplaints({ code: 'code' });
  const confirming = useMutation({
    mutationFn: (body: ShownCode) => call(ProfileView, '/people/me/contacts', { method: 'POST', body }),
    onSuccess: (profile) => {
      cache.setQueryData(profileKey, profile);
      return navigate('/profile');
    },
  });
  const send = (form: FormData) => {
    const read = check(ShownCode, { codeId: sent.codeId, code: form.get('code') });
    if (read) confirming.mutate(read);
  };
  return <CodeQuestion {...{ sent, complaints, attempt, onAgain }} refusal={confirming.error} busy={confirming.isPending} onSend={send} />;
}
