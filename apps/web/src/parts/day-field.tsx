import { useState } from 'react';
import { monthsStanding } from '#language';
import { useLanguage, useText } from '../words.js';
import { classes } from './classes.js';
import { type DayParts, dayFrom, partsOf, two } from './day-from.js';
import { describedBy, type FieldProps, Hint, Mistake } from './field.js';
import field from './field.module.css';
import styles from './day-field.module.css';

/** A day that somebody knows by heart, in the words of the page's language: the browser's own field speaks the language of the browser. */
export function DayField({ name, label, hint, optional = false, complaint, defaultValue = '' }: FieldProps & { defaultValue?: string }) {
  const t = useText();
  const language = useLanguage();
  const [parts, setParts] = useState(partsOf(defaultValue));
  const take = (part: keyof DayParts) => (event: { currentTarget: { value: string } }) =>
    setParts({ ...parts, [part]: event.currentTarget.value });
  const number = {
    className: field.input,
    inputMode: 'numeric',
    autoComplete: 'off',
    'aria-invalid': complaint ? true : undefined,
  } as const;
  return (
    <fieldset className={classes(field.field, complaint && field.wrong)} aria-describedby={describedBy(name, hint, complaint)}>
      <legend className={field.label}>{optional ? t('common.optional', { label: String(label) }) : label}</legend>
      {hint && <Hint of={name}>{hint}</Hint>}
      <Mistake of={name} complaint={complaint} />
      <div className={styles.day}>
        <label htmlFor={name}>
          {t('parts.day.day')}
          <input {...number} id={name} data-named={label} value={parts.day} maxLength={2} onChange={take('day')} />
        </label>
        <label htmlFor={`${name}-month`}>
          {t('parts.day.month')}
          <select id={`${name}-month`} className={field.input} value={parts.month} onChange={take('month')}>
            <option value="">–</option>
            {monthsStanding[language].map((month, at) => (
              <option key={month} value={two(String(at + 1))}>
                {month}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor={`${name}-year`}>
          {t('parts.day.year')}
          <input {...number} id={`${name}-year`} value={parts.year} maxLength={4} onChange={take('year')} />
        </label>
      </div>
      <input type="hidden" name={name} value={dayFrom(parts)} />
    </fieldset>
  );
}
