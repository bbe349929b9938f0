import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AskCode, CodeSent } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { QuestionPage } from '../parts/question-page.js';
import { TextField } from '../parts/text-field.js';
import { useLanguage, useText } from '../words.js';

export type Sent = {
  codeId: string;
  channel: 'email' | 'sms';
  expiresAt: string;
  contact: string;
  former?: { codeId: string } | undefined;
};
type Props = {
  purpose: AskCode['purpose'];
  title: string;
  label?: string;
  hint: string;
  back?: string;
  why?: string;
  aside?: ReactNode;
  below?: ReactNode;
  onSent: (sent: Sent) => void;
};

const looksLikeContact = (text: string) => text.includes('@') || text.replace(/\D/g, '').length >= 10;

/** One field, phone or e-mail: a one-time code goes there. The answer is the same whether or not we know the person. */
export function ContactQuestion({ purpose, title, label, hint, back, why, aside, below, onSent }: Props) {
  const t = useText('auth');
  const language = useLanguage();
  const { complaints, attempt, check, take } = useComplaints({ contact: 'contact' });
  const asking = useMutation({
    mutationFn: (body: AskCode) => call(CodeSent, '/codes', { method: 'POST', body }),
    onSuccess: (sent, { contact }) => onSent({ ...sent, contact }),
    onError: take,
  });
  const send = (form: FormData) => {
    const typed = { purpose, language, contact: String(form.get('contact')) };
    const read = check(
      AskCode.refine(({ contact }) => looksLikeContact(contact), { path: ['contact'] }),
      typed,
    );
    if (read) asking.mutate(read);
  };

  return (
    <QuestionPage
      {...{ title, complaints, attempt }}
      {...(back && { back })}
      {...(why && { why })}
      aside={aside}
      below={below}
      refusal={asking.error}
      busy={asking.isPending}
      send={t('auth.getCode')}
      onSend={send}
    >
      <TextField
        name="contact"
        label={label ?? t('auth.contact')}
        hint={hint}
        complaint={complaints['contact']}
        autoComplete="username"
        maxLength={254}
      />
    </QuestionPage>
  );
}
