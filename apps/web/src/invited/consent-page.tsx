import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { AnswerInvitation, type InvitationView, Names } from '#contract';
import { ConsentTick, useConsentVersion } from '../auth/consent.js';
import { NameFields } from '../auth/name-fields.js';
import { useComplaints } from '../complaints.js';
import { Failure } from '../parts/failure.js';
import { QuestionPage } from '../parts/question-page.js';
import { Waiting } from '../parts/waiting.js';
import { useRefreshSession, useSession } from '../session.js';
import { useLanguage, useText } from '../words.js';
import { AnswerCode } from './answer-code.js';
import { InvitationClosed } from './invitation-closed.js';
import { useAnswerInvitation, useInvitation } from './invitation.js';

type Named = z.infer<typeof Names>;

/** Agreeing to take part: a name, a consent, a code. Whoever is signed in already is not asked for a name again. */
export function ConsentPage() {
  const found = useInvitation();
  const [who, setWho] = useState<Named | null>(null);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} />;
  if (found.data.state !== 'open') return <InvitationClosed letter={found.data} />;
  return who ? <Confirmed letter={found.data} who={who} /> : <Who onNamed={setWho} />;
}

function Who({ onNamed }: { onNamed: (who: Named) => void }) {
  const t = useText('invited');
  const person = useSession()?.person;
  const { complaints, attempt, check, note } = useComplaints();
  const send = (form: FormData) => {
    const read = check(Names, { ...person, ...Object.fromEntries(form) });
    if (read && !form.has('consent')) note({ consent: 'consent' });
    else if (read) onNamed(read);
  };
  return (
    <QuestionPage
      key={person?.id ?? 'visitor'}
      title={t('invited.who')}
      tabTitle={t('invited.title')}
      {...(!person && { intro: t('invited.who.text') })}
      back="/invitation"
      {...{ complaints, attempt }}
      send={t('invited.who.next')}
      whoSees={t('invited.unseen.2')}
      onSend={send}
    >
      {person ? (
        <>
          <p>
            <b>{[person.surname, person.given, person.patronymic].filter(Boolean).join(' ')}</b>
          </p>
          <ConsentTick complaint={complaints['consent']} />
        </>
      ) : (
        <NameFields complaints={complaints} />
      )}
    </QuestionPage>
  );
}

function Confirmed({ letter, who }: { letter: InvitationView; who: Named }) {
  const t = useText('invited');
  const language = useLanguage();
  const version = useConsentVersion();
  const refresh = useRefreshSession();
  const navigate = useNavigate();
  const answering = useAnswerInvitation();
  const { complaints, attempt, check, take } = useComplaints({ code: 'code' });
  const send = (codeId: string, code: string) => {
    const read = check(AnswerInvitation, { answer: 'consent', ...who, codeId, code, language, consent: { version } });
    if (!read) return;
    answering.mutate(read, {
      onError: (refusal) => take(refusal),
      onSuccess: async ({ caseId }) => {
        const session = await refresh();
        await navigate(session && caseId ? `/cases/${caseId}` : '/invitation', { replace: true });
      },
    });
  };
  return (
    <AnswerCode
      {...{ letter, complaints, attempt }}
      back="/invitation"
      send={t('invited.consent.send')}
      refusal={answering.error}
      busy={answering.isPending}
      onCode={send}
    />
  );
}
