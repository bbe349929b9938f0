import { type MouseEvent, useEffect, useRef } from 'react';
import { type Complaints, useComplaintText } from '../complaints.js';
import { useText } from '../words.js';
import styles from './error-summary.module.css';

type Props = {
  complaints: Complaints;
  /** Grows with every press of the button: the summary takes the focus anew each time. */
  attempt: number;
  /** What a field is called here, where its own label would not do. */
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
              {named(labels[field] ?? labelOf(field), say(complaint))}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The fields stand on the page already when their mistakes are listed, so their own labels can be read there; and whose they are, where several people are asked for. */
function labelOf(field: string) {
  const input = document.getElementById(field);
  const whose = input?.closest<HTMLElement>('[data-whose]')?.dataset['whose'];
  const isOption = input instanceof HTMLInputElement && (input.type === 'radio' || input.type === 'checkbox');
  const label = input?.dataset['named'] ?? document.querySelector(`label[for="${CSS.escape(field)}"]`)?.textContent;
  return [whose, !isOption && label].filter(Boolean).join(', ');
}

const named = (label: string, complaint: string) => (label ? `${label}: ${complaint}` : complaint);

function goTo(field: string, event: MouseEvent) {
  event.preventDefault();
  const input = document.getElementById(field);
  input?.focus();
  input?.scrollIntoView({ block: 'center' });
}
