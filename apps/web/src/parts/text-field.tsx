import type { ComponentPropsWithoutRef } from 'react';
import { classes } from './classes.js';
import { Field, type FieldProps } from './field.js';
import styles from './field.module.css';

type Width = { width?: 'full' | 'middle' | 'short' };
type TextFieldProps = FieldProps & Width & Omit<ComponentPropsWithoutRef<'input'>, keyof FieldProps | 'width' | 'id'>;
type TextAreaProps = FieldProps & Omit<ComponentPropsWithoutRef<'textarea'>, keyof FieldProps | 'id'>;
type SelectProps = FieldProps & Width & Omit<ComponentPropsWithoutRef<'select'>, keyof FieldProps | 'width' | 'id'>;

export function TextField({ name, label, hint, optional, complaint, width = 'full', ...input }: TextFieldProps) {
  return (
    <Field {...{ name, label, hint, complaint }} optional={optional ?? false}>
      {(described) => (
        <input
          {...input}
          id={name}
          name={name}
          className={classes(styles.input, width !== 'full' && styles[width])}
          aria-describedby={described}
          aria-invalid={complaint ? true : undefined}
        />
      )}
    </Field>
  );
}

export function TextArea({ name, label, hint, optional, complaint, ...input }: TextAreaProps) {
  return (
    <Field {...{ name, label, hint, complaint }} optional={optional ?? false}>
      {(described) => (
        <textarea
          {...input}
          id={name}
          name={name}
          className={styles.input}
          aria-describedby={described}
          aria-invalid={complaint ? true : undefined}
        />
      )}
    </Field>
  );
}

/** The browser's own list: it works with every keyboard and reader and costs nothing on a slow line. */
export function SelectField({ name, label, hint, optional, complaint, width = 'full', children, ...select }: SelectProps) {
  return (
    <Field {...{ name, label, hint, complaint }} optional={optional ?? false}>
      {(described) => (
        <select
          {...select}
          id={name}
          name={name}
          className={classes(styles.input, width !== 'full' && styles[width])}
          aria-describedby={described}
          aria-invalid={complaint ? true : undefined}
        >
          {children}
        </select>
      )}
    </Field>
  );
}
