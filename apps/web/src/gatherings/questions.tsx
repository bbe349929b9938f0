import { useState } from 'react';
import type { GuestView } from '#contract';
import type { TextKey } from '#language';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { CheckCard } from '../parts/option-cards.js';
import { useText } from '../words.js';
import { useGuests, useJointRoom } from './use-gatherings.js';

/** What a party is asked about who meets whom. An answer is two presses, may be changed, and is shown to nobody. */
export function GatheringQuestions({ caseId }: { caseId: string }) {
  const joint = useJointRoom(caseId).data;
  const guests = useGuests(caseId).data ?? [];
  return (
    <>
      {joint?.isAsked && <MeetQuestion caseId={caseId} agrees={joint.agrees} />}
      {guests.map((guest) => (
        <GuestQuestion key={guest.id} guest={guest} />
      ))}
    </>
  );
}

function MeetQuestion({ caseId, agrees }: { caseId: string; agrees: boolean | null }) {
  const t = useText('gatherings');
  const answer = useCaseChange<boolean>(caseId, (wanted) => ({ path: `/cases/${caseId}/joint-consent`, body: { agrees: wanted } }));
  return (
    <Card kind={agrees === null ? 'panel' : 'card'} title={t('gatherings.question.meet')}>
      <p className="small">{t('gatherings.question.meet.text')}</p>
      {agrees !== null && <p>{t(agrees ? 'gatherings.question.meet.agreed' : 'gatherings.question.meet.declined')}</p>}
      <TwoPresses
        agrees={agrees}
        words={{
          yes: t('gatherings.question.meet.yes'),
          sure: t('gatherings.question.meet.sure'),
          no: t('gatherings.question.meet.no'),
        }}
        busy={answer.isPending}
        onAnswer={(wanted) => answer.mutate(wanted)}
      />
      {answer.error && <Failure of={answer.error} />}
    </Card>
  );
}

function GuestQuestion({ guest: { id, caseId, capacity, name, languages, answer: said } }: { guest: GuestView }) {
  const t = useText('gatherings');
  const [own, setOwn] = useState(said?.own ?? false);
  const answer = useCaseChange<boolean>(caseId, (agrees) => ({ path: `/guests/${id}/answer`, body: { agrees, own: agrees && own } }));
  const [from, to] = languages.map((one) => t(`gatherings.guests.language.${one}` as TextKey<'gatherings'>));
  const agrees = said ? said.agrees : null;
  return (
    <Card kind={agrees === null ? 'panel' : 'card'} title={t(`gatherings.question.guest.${capacity}`)}>
      <p className="small">{t('gatherings.question.guest.text', { name, capacity: t(`gatherings.capacity.${capacity}`) })}</p>
      {from && to && <p className="small">{t('gatherings.question.guest.languages', { from, to })}</p>}
      {said && <p>{t(`gatherings.question.guest.${said.agrees ? (said.own ? 'agreedOwn' : 'agreed') : 'declined'}`)}</p>}
      <CheckCard
        name={`own-${id}`}
        label={t('gatherings.question.guest.own')}
        checked={own}
        onChange={({ currentTarget }) => setOwn(currentTarget.checked)}
      />
      {capacity === 'co_mediator' && !own && <p className="small">{t('gatherings.question.guest.beside')}</p>}
      <TwoPresses
        agrees={agrees === true && own !== said?.own ? null : agrees}
        words={{
          yes: t('gatherings.question.guest.yes'),
          sure: t('gatherings.question.guest.sure'),
          no: t('gatherings.question.guest.no'),
        }}
        busy={answer.isPending}
        onAnswer={(wanted) => answer.mutate(wanted)}
      />
      {answer.error && <Failure of={answer.error} />}
    </Card>
  );
}

type Presses = { agrees: boolean | null; words: Record<'yes' | 'sure' | 'no', string>; busy: boolean; onAnswer: (agrees: boolean) => void };

/** "Yes" opens a door and is pressed twice; "no" closes one and is pressed once. */
function TwoPresses({ agrees, words, busy, onAnswer }: Presses) {
  const [asking, setAsking] = useState(false);
  const say = (wanted: boolean) => {
    setAsking(false);
    onAnswer(wanted);
  };
  return (
    <Actions>
      {agrees !== true && (
        <Button small busy={busy} onClick={() => (asking ? say(true) : setAsking(true))}>
          {asking ? words.sure : words.yes}
        </Button>
      )}
      {agrees !== false && (
        <Button small tone="second" busy={busy} onClick={() => say(false)}>
          {words.no}
        </Button>
      )}
    </Actions>
  );
}
