import { useCallback, useState } from 'react';
import type { z } from 'zod';
import { type TextKey } from '#language';
import { Problem } from './api.js';
import { useText } from './words.js';

/** What is wrong with an answer: the last part of `fields.CODE`. */
export type Complaint = string;
export type Complaints = Record<string, Complaint>;

/** What the server takes from its schemas' own codes. */
const serverWords: Record<string, Complaint> = {
  too_big: 'too_long',
  too_small: 'too_short',
  invalid_type: 'required',
  invalid_value: 'choose',
};

/** Says a complaint in words; one the catalogues do not know is told as "this answer does not fit". */
export function useComplaintText() {
  const t = useText();
  return useCallback(
    (complaint: Complaint) => {
      const key = `fields.${serverWords[complaint] ?? complaint}` as TextKey<'fields'>;
      const text = t(key);
      return text === key ? t('fields.wrong') : text;
    },
    [t],
  );
}

type Names = Record<string, Complaint>;

/**
 * Mistakes of one form. `check` reads the answers through a schema of the contract and notes what does not fit;
 * `take` notes what the server found. `special` names the complaint of a field where the general one would not help ("phone").
 */
export function useComplaints(special: Names = {}) {
  const [{ complaints, attempt }, setState] = useState({ complaints: {} as Complaints, attempt: 0 });
  const note = useCallback((found: Complaints) => setState((before) => ({ complaints: found, attempt: before.attempt + 1 })), []);

  /** `more`: what else is wrong on the page, so that all of it is said at once. */
  const check = <S extends z.ZodType>(schema: S, answers: unknown, more: Complaints = {}): z.output<S> | null => {
    const read = schema.safeParse(answers);
    const found = read.success ? more : { ...complaintsIn(read.error.issues, answers, special), ...more };
    note(found);
    return read.success && Object.keys(more).length === 0 ? read.data : null;
  };

  /** True when the refusal was about fields, so that the page need not show it a second time. */
  const take = useCallback(
    (refusal: unknown) => {
      const fields = Object.entries(refusal instanceof Problem ? refusal.fields : {});
      if (fields.length > 0) note(Object.fromEntries(fields.map(([field, code]) => [field.replace(/^answers\./, ''), code])));
      return fields.length > 0;
    },
    [note],
  );

  return { complaints, attempt, check, take, note };
}

function complaintsIn(issues: z.core.$ZodIssue[], answers: unknown, special: Names): Complaints {
  const found: Complaints = {};
  for (const issue of issues) {
    const field = issue.path.join('.');
    const isEmpty = !issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], answers);
    found[field] ??= isEmpty
      ? issue.code === 'invalid_value' && issue.values.length > 1
        ? 'choose'
        : 'required'
      : (special[field] ?? general(issue));
  }
  return found;
}

/** A schema of the contract may name its complaint itself (iin_check, phone); else zod's own code speaks. */
function general({ code, message }: z.core.$ZodIssue): Complaint {
  if (/^[a-z_]+$/.test(message)) return message;
  if (code === 'too_big') return 'too_long';
  return code === 'too_small' ? 'too_short' : 'wrong';
}
