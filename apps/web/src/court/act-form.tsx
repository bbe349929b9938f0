import { type FormEvent, useState } from 'react';
import { EnterCourtAct, rulingGrounds, rulingOutcomes } from '#contract';
import { useComplaints } from '../complaints.js';
import { Button } from '../parts/button.js';
import { DayField } from '../parts/day-field.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { CheckCard, CheckCards, RadioCards } from '../parts/option-cards.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { useActs } from './use-acts.js';

type Props = { caseId: string; kind: 'term' | 'suspension' | 'resumption' | 'ruling'; corrects?: string };

/** One entry of the court. A ruling is checked once more before it is entered: it moves the case, and is corrected by two people alone. */
export function ActForm({ caseId, kind, corrects }: Props) {
  const t = useText('court');
  const { complaints, attempt, check, take } = useComplaints({ on: 'date', until: 'date', dutyAmount: 'number' });
  const [key, setKey] = useState(newKey);
  const [isOpen, setOpen] = useState(corrects !== undefined);
  const enter = useActs<EnterCourtAct>(
    caseId,
    (body) => ({ path: `/court/cases/${caseId}/acts`, method: 'POST', body, key }),
    () => {
      setKey(newKey());
      setOpen(false);
    },
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = check(EnterCourtAct, { ...read(kind, new FormData(event.currentTarget)), ...(corrects && { corrects }) });
    if (asked && !enter.isPending) enter.mutate(asked, { onError: take });
  };
  const field = (name: string) => ({ name, complaint: complaints[name], autoComplete: 'off' });
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t(corrects ? 'court.correction.propose' : `court.enter.${kind}`)}</summary>
      {isOpen && (
        <form noValidate onSubmit={submit}>
          <ErrorSummary complaints={complaints} attempt={attempt} />
          <DayField {...field('on')} label={t('court.act.on')} />
          {(kind === 'term' || kind === 'suspension') && (
            <DayField {...field('until')} label={t('court.act.until')} optional={kind === 'suspension'} />
          )}
          <TextField {...field('number')} width="middle" label={t('court.act.number')} optional maxLength={60} />
          {kind === 'ruling' && <Ruling complaints={complaints} />}
          {enter.isError && Object.keys(complaints).length === 0 && <Failure of={enter.error} />}
          <Button type="submit" small tone={kind === 'ruling' ? 'primary' : 'second'} busy={enter.isPending}>
            {t(corrects ? 'court.correction.send' : `court.save.${kind}`)}
          </Button>
        </form>
      )}
    </details>
  );
}

function Ruling({ complaints }: { complaints: Record<string, string> }) {
  const t = useText('court');
  const [outcome, setOutcome] = useState<(typeof rulingOutcomes)[number] | null>(null);
  return (
    <>
      <RadioCards
        name="outcome"
        legend={t('court.act.outcome')}
        complaint={complaints.outcome}
        options={rulingOutcomes.map((value) => ({ value, label: t(`court.outcome.${value}`) }))}
        onChange={({ target }) => setOutcome(target.value as (typeof rulingOutcomes)[number])}
      />
      {outcome === 'approved' && (
        <>
          <CheckCard name="dutyRefund" label={t('court.act.refund')} complaint={complaints.dutyRefund} />
          <TextField
            name="dutyAmount"
            complaint={complaints.dutyAmount}
            inputMode="numeric"
            width="middle"
            optional
            label={t('court.act.amount')}
          />
        </>
      )}
      {outcome && outcome !== 'approved' && (
        <CheckCards
          name="grounds"
          legend={t('court.act.grounds')}
          complaint={complaints.grounds}
          options={rulingGrounds[outcome].map((value) => ({ value, label: t(`court.why.${value}`) }))}
        />
      )}
    </>
  );
}

const newKey = () => String(Math.random()).slice(2) + Date.now();

function read(kind: string, form: FormData) {
  const typed = (name: string) => (form.get(name) ? { [name]: String(form.get(name)).trim() } : {});
  const amount = String(form.get('dutyAmount') ?? '').replaceAll(/\s/g, '');
  return {
    kind,
    ...typed('on'),
    ...typed('until'),
    ...typed('number'),
    ...typed('outcome'),
    ...(kind === 'ruling' && {
      grounds: form.getAll('grounds'),
      dutyRefund: form.has('dutyRefund'),
      ...(amount && { dutyAmount: /^\d+$/.test(amount) ? Number(amount) : amount }),
    }),
  };
}
