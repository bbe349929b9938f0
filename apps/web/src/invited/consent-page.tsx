import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { type AlsoAnswered, AnswerInvitation, Attorney, type InvitationView, Names } from '#contract';
import { AttorneyFields, attorneyGaps, attorneyIn } from '../application/attorney-fields.js';
import { ConsentTick, untickedIn, useConsentVersion } from '../auth/consent.js';
import { NameFields } from '../auth/name-fields.js';
import { Problem } from '../api.js';
import { type Complaints, useComplaints } from '../complaints.js';
import { Failure } from '../parts/failure.js';
import { RadioCards } from '../parts/option-cards.js';
import { QuestionPage } from '../parts/question-page.js';
import { Waiting } from '../parts/waiting.js';
import { useRefreshSession, useSession } from '../session.js';
import { useLanguage, useText } from '../words.js';
import { AlsoFields, alsoIn } from './also-fields.js';
import { AnswerCode } from './answer-code.js';
import { InvitationClosed } from './invitation-closed.js';
import { NoContact } from './no-contact.js';
import { useAnswerInvitation, useInvitation } from './invitation.js';

type Named = z.infer<typeof Names> & { attorney?: Attorney; also?: AlsoAnswered[] };

/** Agreeing to take part: a name, a consent, a code. Whoever is signed in already is not asked for a name again. */
export function ConsentPage() {
  const found = useInvitation();
  const [who, setWho] = useState<Named | null>(null);
  const [refused, setRefused] = useState<Complaints | null>(null);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} />;
  if (found.data.state !== 'open') return <InvitationClosed letter={found.data} />;
  if (!found.data.channel) return <NoContact />;
  const letter = found.data;
  const again = (complaints: Complaints) => {
    setRefused(complaints);
    setWho(null);
  };
  return (
    <>
      {/* Stays as it was written while the code is asked for: what the server finds wrong in it is mended there. */}
      <div hidden={who !== null}>
        <Who letter={letter} refused={refused} onNamed={setWho} />
      </div>
      {who && <Confirmed letter={letter} who={who} onWrong={again} />}
    </>
  );
}

type WhoProps = { letter: InvitationView; refused: Complaints | null; onNamed: (who: Named) => void };

function Who({ letter, refused, onNamed }: WhoProps) {
  const t = useText('invited');
  const person = useSession()?.person;
  const [acts, setActs] = useState(false);
  const { complaints, attempt, check, note } = useComplaints();
  useEffect(() => {
    if (refused) note(refused);
  }, [refused, note]);
  const send = (form: FormData) => {
    const attorney = acts ? Attorney.safeParse(attorneyIn(form, 'attorney')).data : null;
    const { also, gaps: left } = alsoIn(form, letter.also);
    const wrong = { ...untickedIn(form), ...(attorney === null ? {} : attorneyGaps('attorney', attorney)), ...left };
    const read = check(Names, { ...person, ...Object.fromEntries(form) }, wrong);
    if (read) onNamed({ ...read, ...(attorney && { attorney }), ...(also.length > 0 && { also }) });
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
      <RadioCards
        name="as"
        legend={t('invited.as')}
        chosen={acts ? 'poa' : 'self'}
        onChange={({ target }) => setActs(target.value === 'poa')}
        options={(['self', 'poa'] as const).map((value) => ({ value, label: t(`invited.as.${value}`) }))}
      />
      {acts && <AttorneyFields at="attorney" complaints={complaints} />}
      {letter.also.length > 0 && <AlsoFields also={letter.also} complaints={complaints} />}
    </QuestionPage>
  );
}

function Confirmed({ letter, who, onWrong }: { letter: InvitationView; who: Named; onWrong: (complaints: Complaints) => void }) {
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
      onError: (refusal) => {
        take(refusal);
        if (refusal instanceof Problem && Object.keys(refusal.fields).some((field) => /^(attorney|also)/.test(field)))
          onWrong(refusal.fields);
      },
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
