import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '../words.js';
import { Actions, Button } from './button.js';
import styles from './confirm.module.css';

type Props = {
  /** What the first press says. */
  label: ReactNode;
  /** What is asked before the second. */
  question: string;
  text?: ReactNode;
  confirmLabel: string;
  busy?: boolean;
  tone?: 'primary' | 'second' | 'quiet';
  onConfirm: () => void;
  children?: ReactNode;
};

/** Two presses, the second beside the first: nothing pops up over the page. */
export function Confirm({ label, question, text, confirmLabel, busy = false, tone = 'second', onConfirm, children }: Props) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const heading = useRef<HTMLParagraphElement>(null);
  const opener = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (asking) heading.current?.focus();
  }, [asking]);

  const cancel = () => {
    setAsking(false);
    requestAnimationFrame(() => opener.current?.querySelector('button')?.focus());
  };

  if (!asking)
    return (
      <div ref={opener}>
        <Button tone={tone} onClick={() => setAsking(true)}>
          {label}
        </Button>
      </div>
    );

  return (
    <section className={styles.confirm} aria-label={question}>
      <p ref={heading} tabIndex={-1} className={styles.question}>
        {question}
      </p>
      {text && <p>{text}</p>}
      {children}
      <Actions>
        <Button busy={busy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
        <Button tone="quiet" onClick={cancel}>
          {t('common.cancel')}
        </Button>
      </Actions>
    </section>
  );
}
