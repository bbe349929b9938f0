import { useState } from 'react';
import { AnswerInvitation } from '#contract';
import { useComplaints } from '../complaints.js';
import { Failure } from '../parts/failure.js';
import { QuestionPage } from '../parts/question-page.js';
import { TextArea } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { AnswerCode } from './answer-code.js';
import { InvitationClosed } from './invitation-closed.js';
import { NoContact } from './no-contact.js';
import { useAnswerInvitation, useInvitation } from './invitation.js';

/** Saying no, freely: a reason may be written and need not be; it is sealed and shown to nobody. */
export function DeclinePage() {
  const t = useText('invited');
  const found = useInvitation();
  const answering = useAnswerInvitation();
  const { complaints, attempt, check, take } = useComplaints({ code: 'code' });
  const [isSure, setSure] = useState(false);
  const [reason, setReason] = useState('');
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} />;
  if (found.data.state !== 'open') return <InvitationClosed letter={found.data} />;
  if (!found.data.channel) return <NoContact />;
  if (!isSure)
    return (
      <QuestionPage
        title={t('invited.decline.title')}
        tabTitle={t('invited.title')}
        back="/invitation"
        complaints={{}}
        attempt={0}
        send={t('invited.who.next')}
        onSend={(form) => {
          setReason(String(form.get('reason') ?? '').trim());
          setSure(true);
        }}
      >
        <p>{t('invited.decline.free')}</p>
        <TextArea
          name="reason"
          label={t('invited.decline.reason')}
          hint={t('invited.decline.reason.hint')}
          rows={3}
          maxLength={1000}
          defaultValue={reason}
          optional
        />
        <p>
          <b>{t('invited.decline.why')}</b>
          <br />
          {t('invited.decline.why.text')}
        </p>
      </QuestionPage>
    );
  return (
    <AnswerCode
      letter={found.data}
      back="/invitation"
      send={t('invited.decline.send')}
      {...{ complaints, attempt }}
      refusal={answering.error}
      busy={answering.isPending}
      onCode={(codeId, code) => {
        const read = check(AnswerInvitation, { answer: 'decline', codeId, code, ...(reason && { reason }) });
        if (read) answering.mutate(read, { onError: (refusal) => take(refusal) });
      }}
    />
  );
}
