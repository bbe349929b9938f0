import { type CaseState, caseStates } from '#contract';
import { useText } from '../words.js';
import { classes } from './classes.js';
import styles from './status-chip.module.css';

type Family = 'wait' | 'go' | 'met' | 'end';

/** Four families of states. A refusal ends quietly: it is never drawn as a mistake. */
const families: Record<CaseState, Family> = {
  DRAFT: 'wait',
  SUBMITTED: 'wait',
  RETURNED: 'wait',
  INVITED: 'wait',
  MEDIATOR_OFFERED: 'wait',
  BREACH_CLAIMED: 'wait',
  CONSENTED: 'go',
  MEDIATOR_ACCEPTED: 'go',
  CONTRACT_DRAFT: 'go',
  CONTRACT_SIGNING: 'go',
  IN_MEDIATION: 'go',
  EXTENDED: 'go',
  SETTLEMENT_DRAFT: 'go',
  SETTLEMENT_SIGNING: 'go',
  AT_COURT: 'go',
  PERFORMING: 'go',
  SETTLED_FULL: 'met',
  SETTLED_PARTIAL: 'met',
  COURT_APPROVED: 'met',
  PERFORMED: 'met',
  REFUSED_SCOPE: 'end',
  DECLINED: 'end',
  NO_RESPONSE: 'end',
  TERMINATED: 'end',
  COURT_REFUSED: 'end',
  BREACHED: 'end',
  CLOSED: 'end',
  ARCHIVED: 'end',
  WITHDRAWN: 'end',
};

/** Word first, then mark, then ground. A state this page does not know is shown as it came, so that no case can disappear. */
export function StatusChip({ state, name }: { state: string; name?: string }) {
  const t = useText('states');
  const known = caseStates.find((one) => one === state);
  if (!known) return <span className={classes(styles.chip, styles.wait)}>{state}</span>;
  return <span className={classes(styles.chip, styles[families[known]])}>{name ?? t(`states.${known}.name`)}</span>;
}

/** Drawn beside a state, never instead of it. In queues it may name the act. */
export function TurnFlag({ act }: { act?: string }) {
  const t = useText();
  return <span className={classes(styles.chip, styles.turn)}>{act ?? t('parts.turn')}</span>;
}
