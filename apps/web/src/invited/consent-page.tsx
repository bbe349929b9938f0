import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { type AlsoAnswered, AnswerInvitation, Attorney, type InvitationView, Names } from '#contract';
import { AttorneyFields, attorneyIn } from '../application/attorney-fields.js';
import { ConsentTick, useConsentVersion } from '../auth/consent.js';
import { NameFields } from '../auth/name-fields.js';
import { Problem } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Failure } from '../parts/failure.js';
import { RadioCards } from '../parts/option-cards.js';
import { QuestionPage } from '../parts/question-page.js';
import { Waiting } from '../parts/waiting.js';
import { useRefreshSession, useSession } from '../session.js';
import { useLanguage, useText } from '../words.js';
import { AlsoFields, alsoIn } from './also-fields.js';
import { AnswerCode } from './answer-code.js';
import { InvitationClosed } from './invitation-closed.js';
import { useAnswerInvitation, useInvitation } from './invitation.js';

type Named = z.infer<typeof Names> & { attorney?: Attorney; also?: AlsoAnswered[] };

/** Agreeing to take part: a name, a consent, a code. Whoever is signed in already is not asked for a name again. */
export function ConsentPage() {
  const found = useInvitation();
  const [who, setWho] = useState<Named | null>(null);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} />;
  if (found.data.state !== 'open') return <InvitationClosed letter={found.data} />;
  return who ? <Confirmed letter={found.data} who={who} onWrong={() => setWho(null)} /> : <Who letter={found.data} onNamed={setWho} />;
}

function Who({ letter, onNamed }: { letter: InvitationView; onNamed: (who: Named) => void }) {
  const t = useText('invited');
  const person = useSession()?.person;
  const [acts, setActs] = useState(false);
  const { complaints, attempt, check, note } = useComplaints();
  const send = (form: FormData) => {
    const read = check(Names, { ...person, ...Object.fromEntries(form) });
    const attorney = acts && Attorney.safeParse(attorneyIn(form, 'attorney'));
    if (read && !form.has('consent')) note({ consent: 'consent' });
    else if (read && attorney && !isWhole(attorney.data)) note({ [`attorney.${firstGap(attorney.data)}`]: gaps[firstGap(attorney.data)] });
    else if (read) {
      const { also, gaps: left } = alsoIn(form, letter.also);
      if (Object.keys(left).length > 0) note(left);
      else onNamed({ ...read, ...(attorney && attorney.data ? { attorney: attorney.data } : {}), ...(also.length > 0 && { also }) });
    }
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

const gaps = { number: 'required', issuedOn: 'required', powers: 'attorney_take_part' } as const;
/** What no power of attorney can lack; the rest is the server's to judge. */
const firstGap = (attorney: Attorney | undefined) => (!attorney?.number ? 'number' : !attorney.issuedOn ? 'issuedOn' : 'powers');
const isWhole = (attorney: Attorney | undefined) =>
  Boolean(attorney?.number && attorney.issuedOn && attorney.powers?.includes('take_part'));

function Confirmed({ letter, who, onWrong }: { letter: InvitationView; who: Named; onWrong: () => void }) {
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
        if (refusal instanceof Problem && Object.keys(refusal.fields).some((field) => /^(attorney|also)/.test(field))) onWrong();
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
