import { useMutation } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { languages, OpenHouseSession, SessionView } from '#contract';
import { call } from '../api.js';
import { type Complaints, useComplaints } from '../complaints.js';
import { leaveDocument } from '../house/leave.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { CheckCard, RadioCards } from '../parts/option-cards.js';
import { PageHead } from '../parts/page-head.js';
import { TextField } from '../parts/text-field.js';
import { useLanguage, useText } from '../words.js';

/** The operator gets up and a citizen sits down: who it is, then this computer is his. */
export function ReceivePage() {
  const t = useText('house');
  return (
    <div className="cols">
      <div className="stack">
        <PageHead title={t('house.receive')} lead={t('house.receive.text')} back="/desk" />
        <Newcomer />
        <WithSlip />
        <LostSlip />
      </div>
      <aside className="stack">
        <Card kind="note" title={t('house.receive.who')}>
          <p>{t('house.receive.who.text')}</p>
        </Card>
        <Card kind="note" title={t('house.receive.after')}>
          <p>{t('house.receive.after.text')}</p>
        </Card>
      </aside>
    </div>
  );
}

const unseenIn = (isSeen: boolean): Complaints => (isSeen ? {} : { seen: 'document_seen' });

function useReceiving() {
  return useMutation({
    mutationFn: (body: OpenHouseSession) => call(SessionView, '/house-sessions', { method: 'POST', body }),
    onSuccess: ({ person }, { by }) => leaveDocument(`/house?lang=${person.language}${by === 'document' ? '&new=1' : ''}`),
  });
}

function Newcomer() {
  const t = useText('house', 'auth');
  const language = useLanguage();
  const receiving = useReceiving();
  const { complaints, attempt, check } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const who = check(
      OpenHouseSession,
      { ...Object.fromEntries(form), by: 'document', seen: form.has('seen') },
      unseenIn(form.has('seen')),
    );
    if (who && !receiving.isPending) receiving.mutate(who);
  };
  return (
    <Card title={t('house.new')}>
      <ErrorSummary complaints={complaints} attempt={attempt} labels={{}} />
      <form noValidate onSubmit={submit} autoComplete="off">
        <TextField name="surname" label={t('auth.surname')} complaint={complaints['surname']} autoComplete="off" maxLength={80} />
        <TextField name="given" label={t('auth.given')} complaint={complaints['given']} autoComplete="off" maxLength={80} />
        <TextField
          name="patronymic"
          label={t('auth.patronymic')}
          optional
          complaint={complaints['patronymic']}
          autoComplete="off"
          maxLength={80}
        />
        <RadioCards
          name="language"
          legend={t('house.language')}
          chosen={language}
          options={languages.map((value) => ({ value, label: t(`common.${value}`) }))}
        />
        <CheckCard name="seen" label={t('house.seen')} complaint={complaints['seen']} />
        {receiving.error && <Failure of={receiving.error} />}
        <Actions>
          <Button type="submit" busy={receiving.isPending}>
            {t('house.hand')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}

function WithSlip() {
  const t = useText('house');
  const receiving = useReceiving();
  const { complaints, check } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const who = check(OpenHouseSession, { ...Object.fromEntries(new FormData(event.currentTarget)), by: 'slip' });
    if (who && !receiving.isPending) receiving.mutate(who);
  };
  return (
    <Card title={t('house.with')}>
      <form noValidate onSubmit={submit} autoComplete="off">
        <TextField
          name="code"
          label={t('house.code')}
          hint={t('house.code.hint')}
          complaint={complaints['code']}
          width="middle"
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
        />
        {receiving.error && <Failure of={receiving.error} />}
        <Actions>
          <Button tone="second" type="submit" busy={receiving.isPending}>
            {t('house.hand')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}

/** Under names of their own: the form of a newcomer stands on the same page. */
const lostFields = ['number', 'surname', 'given'] as const;

/** Known by his document and a case of his: the lost slip ends, and he makes another. */
function LostSlip() {
  const t = useText('house', 'auth');
  const receiving = useReceiving();
  const { complaints, check } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = Object.fromEntries(lostFields.map((name) => [name, form.get(`lost-${name}`)]));
    const who = check(OpenHouseSession, { ...typed, by: 'lost', seen: form.has('lost-seen') }, unseenIn(form.has('lost-seen')));
    if (who && !receiving.isPending) receiving.mutate(who);
  };
  return (
    <Card title={t('house.lost')}>
      <p>{t('house.lost.text')}</p>
      <form noValidate onSubmit={submit} autoComplete="off">
        <TextField
          name="lost-number"
          label={t('house.lost.number')}
          hint={t('house.lost.number.hint')}
          complaint={complaints['number']}
          width="middle"
          autoComplete="off"
          maxLength={40}
        />
        <TextField name="lost-surname" label={t('auth.surname')} complaint={complaints['surname']} autoComplete="off" maxLength={80} />
        <TextField name="lost-given" label={t('auth.given')} complaint={complaints['given']} autoComplete="off" maxLength={80} />
        <CheckCard name="lost-seen" label={t('house.seen')} complaint={complaints['seen']} />
        {receiving.error && <Failure of={receiving.error} />}
        <Actions>
          <Button tone="second" type="submit" busy={receiving.isPending}>
            {t('house.hand')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}
