import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { PaperView } from '#contract';
import { Icon } from '../parts/icon.js';
import { SideMark } from '../parts/side-mark.js';
import { useDates, useText } from '../words.js';
import styles from './paper.module.css';

/** Who has confirmed, and whom the text still waits for. */
export function Signers({ paper: { confirmedBy, waitsFor } }: { paper: PaperView }) {
  const t = useText('papers');
  const dates = useDates();
  return (
    <ul className={`plain ${styles.signers}`}>
      {confirmedBy.map(({ name, side, at }) => (
        <li key={`${name} ${at}`}>
          <SideMark side={side ?? 'mediator'} />
          <br />
          {name}
          <br />
          <span className="small muted">
            <Icon of={IconCircleCheck} /> {t('papers.who.at', { when: dates.moment(at) })}
          </span>
        </li>
      ))}
      {waitsFor.map((name) => (
        <li key={name}>
          {name}
          <br />
          <span className="small muted">
            <Icon of={IconCircleDashed} /> {t('papers.who.waits')}
          </span>
        </li>
      ))}
    </ul>
  );
}
