import { type MouseEvent, useEffect, useRef } from 'react';
import { type Complaints, useComplaintText } from '../complaints.js';
import { useText } from '../words.js';
import styles from './error-summary.module.css';

type Props = {
  complaints: Complaints;
  /** Grows with every press of the button: the summary takes the focus anew each time. */
  attempt: number;
  /** What each field is called, where the complaint alone would not tell. */
  labels?: Record<string, string>;
};

/** What to mend, on top of the page, each line a link to its field. */
export function ErrorSummary({ complaints, attempt, labels = {} }: Props) {
  const t = useText();
  const say = useComplaintText();
  const box = useRef<HTMLDivElement>(null);
  const fields = Object.entries(complaints);

  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (fields.length === 0) return null;

  return (
    <div className={styles.summary} ref={box} role="alert" tabIndex={-1} aria-labelledby="mistakes">
      <h2 id="mistakes">{t('parts.errors.summary', { count: fields.length })}</h2>
      <ul>
        {fields.map(([field, complaint]) => (
          <li key={field}>
            <a href={`#${field}`} onClick={(event) => goTo(field, event)}>
              {labels[field] ? `${labels[field]}: ${say(complaint)}` : say(complaint)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function goTo(field: string, event: MouseEvent) {
  event.preventDefault();
  const input = document.getElementById(field);
  input?.focus();
  input?.scrollIntoView({ block: 'center' });
}
