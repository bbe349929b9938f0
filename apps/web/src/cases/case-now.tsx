import { type CaseState, type CaseView, liveStates, type PaperView } from '#contract';
import { Actions, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Rich } from '../parts/rich.js';
import { StatusChip, TurnFlag } from '../parts/status-chip.js';
import { WhoSees } from '../parts/who-sees.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';
import styles from './case-now.module.css';

/** What is the matter now, and the one thing to do about it. */
export function CaseNow({ found }: { found: CaseView }) {
  const t = useText('case', 'states');
  const dates = useDates();
  const { ground } = useNames();
  const { state, yourTurn, dueAt, nextActor } = found;
  const door = doorOf(found);
  return (
    <Card kind="panel">
      <p className={styles.marks}>
        <StatusChip state={state} />
        {yourTurn && <TurnFlag />}
      </p>
      <h2 className={styles.sentence}>{t(`states.${state}.sentence`)}</h2>
      <p>
        {t(`states.${state}.next`)}
        {!yourTurn && nextActor !== 'nobody' && hasOwnNext(state) && ` ${t(`states.next.${nextActor}`)}.`}
      </p>
      {found.ground && <p>{t('case.now.ground', { ground: ground(found.ground) })}</p>}
      <Actions>
        {door && <ButtonLink to={door.to}>{t(door.says === 'draft' ? 'case.list.resume' : `case.now.${door.says}`)}</ButtonLink>}
        {dueAt && (
          <span>
            <Rich>{t('case.now.until', { date: dates.withWeekday(dueAt) })}</Rich>
          </span>
        )}
        {isRefusal(state) && (
          <ButtonLink tone="second" to="/consultation?from=refusal">
            {t('case.consult')}
          </ButtonLink>
        )}
      </Actions>
      <hr className={styles.line} />
      <WhoSees>{t(found.contractAt ? 'case.sees.inside' : found.viewerIs === 'party_b' ? 'case.sees.other' : 'case.sees.house')}</WhoSees>
    </Card>
  );
}

/** A refusal, of the house or of the other side: somebody to ask what can be done now. */
const isRefusal = (state: CaseState) => ['REFUSED_SCOPE', 'DECLINED', 'NO_RESPONSE', 'TERMINATED', 'COURT_REFUSED'].includes(state);

/** States whose "next" tells both sides what to do; who is waited for is added there. */
const hasOwnNext = (state: CaseState) => state === 'CONTRACT_SIGNING' || state === 'SETTLEMENT_SIGNING';

type Door = { to: string; says: 'rooms' | PaperView['kind'] | 'returned' | 'draft' };

function doorOf({ id, state, actions, papers }: CaseView): Door | null {
  if (state === 'DRAFT') return { to: `/apply/${id}`, says: 'draft' };
  if (state === 'RETURNED' && actions.includes('resubmit')) return { to: `/apply/${id}/check`, says: 'returned' };
  const paper = papers.find(({ frozen, concluded, confirmedByViewer }) => frozen && !concluded && !confirmedByViewer);
  if (paper) return { to: `/papers/${paper.id}`, says: paper.kind };
  return (liveStates as readonly CaseState[]).includes(state) ? { to: `/cases/${id}/rooms`, says: 'rooms' } : null;
}
