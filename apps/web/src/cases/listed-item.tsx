import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { RefCallback } from 'react';
import type { Listed } from '#contract';
import { Button } from '../parts/button.js';
import { Icon } from '../parts/icon.js';
import { useMediatorWords } from '../public/use-mediator-words.js';
import { useNames } from '../reference.js';
import { useText } from '../words.js';
import styles from './choosing.module.css';

export type Act = 'up' | 'down' | 'strike' | 'restore';
type Props = {
  of: Listed;
  /** Without one he is struck. */
  place?: number;
  last?: boolean;
  onAct: (id: string, name: string, what: Act) => void;
  focus: (key: string) => RefCallback<HTMLButtonElement>;
};

export function ListedItem({ of: { id, name, kind, languages, district, since }, place, last, onAct, focus }: Props) {
  const t = useText('choosing');
  const { language } = useMediatorWords();
  const names = useNames();
  const acts: { what: Act; off?: boolean | undefined }[] = place
    ? [{ what: 'up', off: place === 1 }, { what: 'down', off: last }, { what: 'strike' }]
    : [{ what: 'restore' }];
  return (
    <li className={styles.item}>
      <div>
        {place && <span className={styles.place}>{t('choosing.place', { n: place })}</span>}
        <b className={styles.name}>{name}</b>
        <span className={styles.about}>
          {[t(`choosing.kind.${kind}`), languages.map(language).join(', '), names.district(district)].join(' · ')}
          {' · '}
          {t('choosing.since', { year: since.slice(0, 4) })}
        </span>
      </div>
      <div className={styles.acts}>
        {acts.map(({ what, off }) => (
          <Button
            key={what}
            ref={focus(`${id} ${what}`)}
            small
            tone="second"
            busy={off ?? false}
            aria-label={t(`choosing.of.${what}`, { name })}
            onClick={() => onAct(id, name, what)}
          >
            {what === 'up' && <Icon of={IconArrowUp} />}
            {what === 'down' && <Icon of={IconArrowDown} />}
            {t(`choosing.${what}`)}
          </Button>
        ))}
      </div>
    </li>
  );
}
