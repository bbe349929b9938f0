import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CaseRow } from '#contract';
import { ButtonLink } from '../parts/button.js';
import { StatusChip, TurnFlag } from '../parts/status-chip.js';
import { useNames } from '../reference.js';
import { useText } from '../words.js';
import styles from './case-item.module.css';
import { Due } from './due.js';

type Props = {
  row: CaseRow;
  to: string;
  /** What the button says, and where it leads when not to the case itself. */
  act: string;
  actTo?: string;
  isUrgent?: boolean;
  /** What is asked of the reader, where it is more than his turn. */
  turn?: string | undefined;
  level?: 2 | 3;
  more?: ReactNode;
};

/** A case in somebody's work: state and number, who it is about, who acts next and by when, one button. */
export function CaseItem({ row, to, act, actTo = to, isUrgent = row.yourTurn, level = 3, turn, more }: Props) {
  const t = useText('states', 'desk');
  const names = useNames();
  const Heading = `h${level}` as const;
  return (
    <article className={styles.item}>
      <div>
        <p className={styles.top}>
          <StatusChip state={row.state} />
          {(row.yourTurn || turn) && <TurnFlag {...(turn ? { act: turn } : {})} />}
          <span className="small muted num">{row.number ?? t('desk.noNumber')}</span>
        </p>
        <Heading>
          <Link to={to}>{row.title}</Link>
        </Heading>
        <p className="small muted">
          {names.category(row.category)} · {names.district(row.district)}
        </p>
        {more}
      </div>
      <p className="small">
        {t(`states.next.${row.nextActor}`)}
        <br />
        <Due at={row.dueAt} />
      </p>
      <div>
        <ButtonLink small wide tone={isUrgent ? 'primary' : 'second'} to={actTo} aria-label={`${act}: ${row.title}`}>
          {act}
        </ButtonLink>
      </div>
    </article>
  );
}
