import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Complaint, useComplaintText } from '../complaints.js';
import { useText } from '../words.js';
import { classes } from './classes.js';
import styles from './field.module.css';
import { Icon } from './icon.js';

export type FieldProps = {
  /** Name of the answer; also the id that the error summary links to. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  complaint?: Complaint | undefined;
};
type FrameProps = FieldProps & { children: (described: string | undefined) => ReactNode };

/** Label, hint, mistake, then the input: the same order everywhere, tied together for readers aloud. */
export function Field({ name, label, hint, optional = false, complaint, children }: FrameProps) {
  const t = useText();
  return (
    <div className={classes(styles.field, complaint && styles.wrong)}>
      <label className={styles.label} htmlFor={name}>
        {optional ? t('common.optional', { label: String(label) }) : label}
      </label>
      {hint && <Hint of={name}>{hint}</Hint>}
      <Mistake of={name} complaint={complaint} />
      {children(describedBy(name, hint, complaint))}
    </div>
  );
}

export const describedBy = (name: string, hint: unknown, complaint: unknown) =>
  [hint && `${name}-hint`, complaint && `${name}-mistake`].filter(Boolean).join(' ') || undefined;

export function Hint({ of, children }: { of: string; children: ReactNode }) {
  return (
    <p className={styles.hint} id={`${of}-hint`}>
      {children}
    </p>
  );
}

export function Mistake({ of, complaint }: { of: string; complaint: Complaint | undefined }) {
  const t = useText();
  const say = useComplaintText();
  if (!complaint) return null;
  return (
    <p className={styles.mistake} id={`${of}-mistake`}>
      <Icon of={IconAlertCircle} />
      <span>
        <span className="vh">{t('parts.errors.word')} </span>
        {say(complaint)}
      </span>
    </p>
  );
}
