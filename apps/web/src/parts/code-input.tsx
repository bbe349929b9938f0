import type { Complaint } from '../complaints.js';
import { classes } from './classes.js';
import { Field } from './field.js';
import styles from './field.module.css';

type Props = { label: string; hint?: string; name?: string; digits?: number; complaint?: Complaint | undefined };

/** One field for a one-time code: it may be pasted, and a phone offers it from the message by itself. */
export function CodeInput({ label, hint, name = 'code', digits = 6, complaint }: Props) {
  return (
    <Field name={name} label={label} hint={hint} complaint={complaint}>
      {(described) => (
        <input
          id={name}
          name={name}
          className={classes(styles.input, styles.code)}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={digits + 2}
          aria-describedby={described}
          aria-invalid={complaint ? true : undefined}
        />
      )}
    </Field>
  );
}
