import type { ChangeEvent, ReactNode } from 'react';
import type { Complaint } from '../complaints.js';
import { useText } from '../words.js';
import { classes } from './classes.js';
import { describedBy, Hint, Mistake } from './field.js';
import styles from './option-cards.module.css';

export type Option = { value: string; label: ReactNode; hint?: ReactNode; /** A line with "or" above it. */ apart?: boolean };
type Props = {
  name: string;
  /** A question of its own, or the id of the heading that asks it. */
  legend?: ReactNode;
  labelledBy?: string;
  hint?: ReactNode;
  options: Option[];
  chosen?: string | string[] | null | undefined;
  complaint?: Complaint | undefined;
  onChange?: (event: ChangeEvent<HTMLInputElement>) => void;
};

export const RadioCards = (props: Props) => <OptionCards {...props} type="radio" />;
export const CheckCards = (props: Props) => <OptionCards {...props} type="checkbox" />;

function OptionCards({
  type,
  name,
  legend,
  labelledBy,
  hint,
  options,
  chosen,
  complaint,
  onChange,
}: Props & { type: 'radio' | 'checkbox' }) {
  const isChosen = (value: string) => (Array.isArray(chosen) ? chosen.includes(value) : chosen === value);
  return (
    <fieldset
      className={classes(complaint && styles.wrong)}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy(name, hint, complaint)}
      role={type === 'radio' ? 'radiogroup' : undefined}
    >
      {legend && <legend className={styles.legend}>{legend}</legend>}
      {hint && <Hint of={name}>{hint}</Hint>}
      <Mistake of={name} complaint={complaint} />
      {options.map((option, at) => (
        <OptionCard
          key={option.value}
          {...option}
          {...{ type, name, onChange }}
          id={at === 0 ? name : `${name}-${option.value}`}
          defaultChecked={isChosen(option.value)}
        />
      ))}
    </fieldset>
  );
}

type CardProps = Option & {
  type: 'radio' | 'checkbox';
  name: string;
  id: string;
  defaultChecked: boolean;
  onChange?: ((event: ChangeEvent<HTMLInputElement>) => void) | undefined;
};

function OptionCard({ type, name, id, value, label, hint, apart = false, defaultChecked, onChange }: CardProps) {
  const t = useText();
  return (
    <>
      {apart && <div className={styles.or}>{t('common.or')}</div>}
      <label className={styles.option} htmlFor={id}>
        <input {...{ type, name, id, value, defaultChecked, onChange }} aria-describedby={hint ? `${id}-more` : undefined} />
        <span>
          <b>{label}</b>
          {hint && (
            <span className={styles.more} id={`${id}-more`}>
              {hint}
            </span>
          )}
        </span>
      </label>
    </>
  );
}

type CheckProps = {
  /** One of several under one question: closer together. */
  tight?: boolean;
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  checked?: boolean;
  complaint?: Complaint | undefined;
  onChange?: (event: ChangeEvent<HTMLInputElement>) => void;
};

/** One statement to tick. */
export function CheckCard({ name, label, hint, checked = false, tight = false, complaint, onChange }: CheckProps) {
  return (
    <div className={classes(!tight && styles.single, complaint && styles.wrong)}>
      <Mistake of={name} complaint={complaint} />
      <OptionCard {...{ name, label, hint, onChange }} type="checkbox" id={name} value="yes" defaultChecked={checked} />
    </div>
  );
}
