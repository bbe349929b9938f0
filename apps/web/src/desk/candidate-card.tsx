import { IconCheck } from '@tabler/icons-react';
import { type Candidate, languages as ours } from '#contract';
import type { TextKey } from '#language';
import { Button } from '../parts/button.js';
import { classes } from '../parts/classes.js';
import { Icon } from '../parts/icon.js';
import { Rich } from '../parts/rich.js';
import { type Say, useText } from '../words.js';
import { whyIn } from './why.js';
import styles from './candidate-card.module.css';

type Props = { candidate: Candidate; place: string; isFirst: boolean; isBusy: boolean; onOffer: () => void };

export function CandidateCard({ candidate, place, isFirst, isBusy, onOffer }: Props) {
  const t = useText('desk', 'conflicts', 'assignment');
  const { name, kind, languages, openCases, capacity, hints, terms, total } = candidate;
  const why = [
    t('desk.candidates.languages', { languages: languages.map((code) => languageIn(t, code)).join(', ') }),
    ...terms.filter(({ code }) => code !== 'load').map((term) => whyIn(t, term)),
    t('desk.candidates.free', { count: capacity - openCases }),
  ];
  return (
    <article className={classes(styles.card, isFirst && styles.first)}>
      <div className={styles.top}>
        <div>
          <p className="small muted">
            {place} · {t('assignment.points', { points: Math.round(total / 1000) })}
          </p>
          <h2>{name}</h2>
          <p>{t(`desk.kind.${kind}`)}</p>
        </div>
        <div className={styles.load}>
          <span className="small">{t('desk.candidates.load', { open: openCases, capacity })}</span>
          <span className={styles.bar} aria-hidden>
            <span style={{ width: `${Math.round((openCases / Math.max(capacity, 1)) * 100)}%` }} />
          </span>
        </div>
      </div>
      <ul className={styles.why}>
        {why.map((line) => (
          <li key={line}>
            <Icon of={IconCheck} />
            <span>
              <Rich>{line}</Rich>
            </span>
          </li>
        ))}
      </ul>
      {hints.length > 0 && (
        <p className="small">{t('conflicts.hints', { list: hints.map((hint) => t(`conflicts.hint.${hint}`)).join(', ') })}</p>
      )}
      <Button
        small
        tone={isFirst ? 'primary' : 'second'}
        busy={isBusy}
        aria-label={`${t('desk.candidates.offer')}: ${name}`}
        onClick={onOffer}
      >
        {t('desk.candidates.offer')}
      </Button>
    </article>
  );
}

/** Languages of the region; one that has no word here is shown by its code. */
function languageIn(t: Say<'desk' | 'conflicts' | 'assignment'>, code: string): string {
  const known = ours.find((one) => one === code);
  if (known) return t(`common.${known}`);
  const key = `desk.language.${code}`;
  const name = t(key as TextKey<'desk'>);
  return name === key ? code : name;
}
