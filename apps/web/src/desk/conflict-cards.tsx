import { type FormEvent, useRef } from 'react';
import type { CaseView, DecideObjection, ObjectionView } from '#contract';
import { useDisclosures } from '../cases/disclosure-card.js';
import { useObjections } from '../cases/objection-page.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { TextArea } from '../parts/text-field.js';
import { useDates, useText } from '../words.js';

/** What the offered mediator disclosed and the parties are asked about; what a party objects, to be decided in two working days. */
export function ConflictCards({ found }: { found: CaseView }) {
  const t = useText('conflicts');
  const dates = useDates();
  const told = useDisclosures(found.id, found.state === 'MEDIATOR_OFFERED').data?.find(({ outcome }) => outcome === null);
  const objections = useObjections(found.id).data ?? [];
  return (
    <>
      {told && (
        <Card title={t('conflicts.told.title')}>
          <p>{t('conflicts.told.desk')}</p>
          <blockquote>{told.words}</blockquote>
          {told.until && <p className="small">{t('conflicts.told.until', { when: dates.moment(told.until) })}</p>}
        </Card>
      )}
      {objections.map((objection) => (
        <ObjectionCard key={objection.id} caseId={found.id} of={objection} />
      ))}
    </>
  );
}

function ObjectionCard({ caseId, of: { id, by, reason, due, outcome, answer } }: { caseId: string; of: ObjectionView }) {
  const t = useText('conflicts');
  const dates = useDates();
  const form = useRef<HTMLFormElement>(null);
  const decide = useCaseChange<DecideObjection>(caseId, (body) => ({ path: `/objections/${id}/decision`, body }));
  const send = (upheld: boolean) => {
    const words = String(new FormData(form.current ?? undefined).get('words') ?? '').trim();
    decide.mutate({ upheld, ...(words ? { words } : {}) });
  };
  return (
    <Card kind={outcome ? 'card' : 'panel'} title={t('conflicts.objection.desk', { name: by })}>
      <p>{reason}</p>
      {outcome ? (
        <>
          <p>{t(`conflicts.objection.${outcome}`)}</p>
          {answer && <p className="muted">{answer}</p>}
        </>
      ) : (
        <form ref={form} onSubmit={(event: FormEvent) => event.preventDefault()}>
          <p>
            <b>{t('conflicts.objection.desk.until', { when: dates.moment(due) })}</b>
          </p>
          <TextArea name="words" label={t('conflicts.objection.words')} optional maxLength={1000} rows={3} />
          {decide.error && <Failure of={decide.error} />}
          <Actions>
            <Button small busy={decide.isPending} onClick={() => send(true)}>
              {t('conflicts.objection.uphold')}
            </Button>
            <Button small tone="second" busy={decide.isPending} onClick={() => send(false)}>
              {t('conflicts.objection.dismiss')}
            </Button>
          </Actions>
        </form>
      )}
    </Card>
  );
}
