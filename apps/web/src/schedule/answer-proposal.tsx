import { type FormEvent } from 'react';
import type { ProposalView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { DateBlock } from '../parts/date-block.js';
import { Rich } from '../parts/rich.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import { Hours } from './hours.js';
import styles from './schedule.module.css';
import { Until } from './schedule-panel.js';

type Props = { proposal: ProposalView; caseId: string; level: 2 | 3; onSent: () => void; onCounter: () => void };

/** All the hours that suit are ticked; none ticked means that none does. */
export function AnswerProposal({ proposal, caseId, level, onSent, onCounter }: Props) {
  const t = useText('calendar');
  const Heading = `h${level}` as const;
  const answer = useCaseChange<string[]>(
    caseId,
    (acceptedSlotIds) => ({ path: `/proposals/${proposal.id}/answer`, body: { acceptedSlotIds } }),
    onSent,
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!answer.isPending) answer.mutate(new FormData(event.currentTarget).getAll('slot').map(String));
  };

  return (
    <form onSubmit={submit}>
      <Heading id="proposal">{t('calendar.choose.title')}</Heading>
      {proposal.moves && (
        <p>
          <Rich>{t('calendar.moves')}</Rich>
        </p>
      )}
      <p>{t('calendar.choose.text')}</p>
      {proposal.weeks > 1 && <p>{t('calendar.series', { weeks: proposal.weeks })}</p>}
      <Until proposal={proposal} />
      <fieldset aria-labelledby="proposal">
        {proposal.slots.map(({ id, from, to, acceptedByViewer, afterTerm }) => (
          <label key={id} htmlFor={id} className={styles.slot}>
            <DateBlock at={from} />
            <span>
              <Hours
                from={from}
                to={to}
                mode={[t(`calendar.mode.${proposal.mode}`), afterTerm && t('calendar.afterTerm')].filter(Boolean).join(', ')}
              />
              <span className={styles.pick}>
                <input id={id} type="checkbox" name="slot" value={id} defaultChecked={acceptedByViewer} /> <b>{t('calendar.slot.suits')}</b>
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="small muted">{t('calendar.none.hint')}</p>
      {answer.error && <Failure of={answer.error} />}
      <Actions>
        <Button type="submit" busy={answer.isPending}>
          {t('calendar.send')}
        </Button>
        <Button tone="quiet" busy={answer.isPending} onClick={() => answer.mutate([])}>
          {t('calendar.none')}
        </Button>
        <Button tone="quiet" onClick={onCounter}>
          {t('calendar.counter')}
        </Button>
      </Actions>
    </form>
  );
}
