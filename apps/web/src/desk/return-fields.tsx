import { type ReturnField, returnFields } from '#contract';
import type { TextKey } from '#language';
import { TextArea } from '../parts/text-field.js';
import { useText } from '../words.js';
import styles from './case-page.module.css';

/** How each answer is called to who gave it. */
export const labels: Record<ReturnField, TextKey<'application'>> = {
  category: 'application.kind.label',
  district: 'application.place.label',
  claimText: 'application.story',
  desiredOutcome: 'application.wish',
  amountKzt: 'application.amount.label',
  court: 'application.court',
  flags: 'application.around',
  own: 'application.own',
  ownMore: 'application.ownMore.label',
  other: 'application.other',
  'other.phone': 'application.contact',
  otherMore: 'application.otherMore.label',
  'own.accessibility': 'application.needs.label',
  title: 'application.name.label',
};

/** One note to each answer that has to be mended, beside the notes to the whole. */
export function ReturnNotes({ complaints }: { complaints: Record<string, string> }) {
  const t = useText('desk', 'application');
  return (
    <fieldset>
      <legend>{t('desk.notes.fields')}</legend>
      <p className="small muted">{t('desk.notes.fields.hint')}</p>
      {returnFields.map((field) => (
        <details key={field} className={styles.note}>
          <summary>{t(labels[field])}</summary>
          <TextArea
            name={`fields.${field}`}
            label={t('desk.notes.field', { field: t(labels[field]) })}
            rows={2}
            maxLength={600}
            complaint={complaints[`fields.${field}`]}
          />
        </details>
      ))}
    </fieldset>
  );
}

export const notesFrom = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    returnFields.flatMap((field) => {
      const note = String(form.get(`fields.${field}`) ?? '').trim();
      return note ? [[field, note]] : [];
    }),
  );
