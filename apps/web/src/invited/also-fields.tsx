import { useState } from 'react';
import { type AlsoAnswered, Attorney, type InvitationView } from '#contract';
import { AttorneyFields, attorneyGaps, attorneyIn } from '../application/attorney-fields.js';
import type { Complaints } from '../complaints.js';
import { RadioCards } from '../parts/option-cards.js';
import { useText } from '../words.js';

type Also = InvitationView['also'];
const ways = ['poa', 'self', 'decline'] as const;
type Way = (typeof ways)[number];

/** Others of the side whom this contact was given for: an answer for each, and what each power of attorney gives. */
export function AlsoFields({ also, complaints }: { also: Also; complaints: Complaints }) {
  const t = useText('invited');
  return (
    <>
      <h2>{t('invited.also')}</h2>
      <p>{t('invited.also.text')}</p>
      {also.map(({ invitationId, invited }, at) => (
        <OneMore key={invitationId} at={at} invited={invited} complaints={complaints} />
      ))}
    </>
  );
}

function OneMore({ at, invited, complaints }: { at: number; invited: string; complaints: Complaints }) {
  const t = useText('invited');
  const [way, setWay] = useState<Way | null>(null);
  return (
    <div data-whose={invited}>
      <RadioCards
        name={`also.${at}.way`}
        legend={t('invited.also.for', { name: invited })}
        chosen={way}
        complaint={complaints[`also.${at}.way`]}
        onChange={({ target }) => setWay(ways.find((one) => one === target.value) ?? null)}
        options={ways.map((value) => ({
          value,
          label: t(`invited.also.${value}`),
          ...(value === 'decline' && { hint: t('invited.also.decline.text') }),
        }))}
      />
      {way === 'poa' && <AttorneyFields at={`also.${at}.attorney`} complaints={complaints} />}
    </div>
  );
}

/** The answers in the order of the letter, and what is missing in them; what else is wrong the server says. */
export function alsoIn(form: FormData, also: Also): { also: AlsoAnswered[]; gaps: Complaints } {
  const gaps: Complaints = {};
  const answers = also.flatMap(({ invitationId }, at): AlsoAnswered[] => {
    const way = form.get(`also.${at}.way`);
    if (way === 'decline') return [{ invitationId, answer: 'decline' }];
    if (way === 'self') return [{ invitationId, answer: 'consent' }];
    if (way !== 'poa') gaps[`also.${at}.way`] = 'choose';
    if (way !== 'poa') return [];
    const attorney = Attorney.safeParse(attorneyIn(form, `also.${at}.attorney`)).data;
    Object.assign(gaps, attorneyGaps(`also.${at}.attorney`, attorney));
    return attorney ? [{ invitationId, answer: 'consent', attorney }] : [];
  });
  return { also: answers, gaps };
}
