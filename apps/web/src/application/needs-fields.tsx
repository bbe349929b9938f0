import { accessibilityNeeds, languages, type SaveAnswers } from '#contract';
import { CheckCards, RadioCards } from '../parts/option-cards.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { answersFrom } from './answers-from-form.js';
import type { FieldsProps } from './steps.js';

/** Languages an interpreter is most often asked for here. */
export const interpreted = ['tr', 'uz', 'ug', 'zh', 'mn', 'de', 'ko', 'ar'] as const;

/** What the House has to prepare: language, way of writing, help. */
export function NeedsFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  const own = answers.own;
  return (
    <>
      <SelectField
        name="own.language"
        width="middle"
        label={t('application.needs.language')}
        complaint={complaints['own.language']}
        defaultValue={own?.language ?? ''}
      >
        <option value="">{t('application.needs.language.same')}</option>
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {t(`common.${language}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        name="own.interpreter"
        width="middle"
        optional
        label={t('application.needs.interpreter')}
        hint={t('application.needs.interpreter.hint')}
        complaint={complaints['own.interpreter']}
        defaultValue={own?.interpreter ?? ''}
      >
        <option value="">{t('application.needs.interpreter.none')}</option>
        {interpreted.map((code) => (
          <option key={code} value={code}>
            {t(`application.needs.interpreter.${code}`)}
          </option>
        ))}
      </SelectField>
      <RadioCards
        name="own.channel"
        legend={t('application.needs.channel')}
        chosen={own?.channel ?? null}
        options={(['email', 'sms', 'letter'] as const).map((value) => ({ value, label: t(`application.needs.channel.${value}`) }))}
      />
      <CheckCards
        name="own.accessibility"
        legend={t('application.needs.help')}
        chosen={own?.accessibility ?? []}
        options={accessibilityNeeds.map((value) => ({ value, label: t(`application.needs.${value}`) }))}
      />
      <input type="hidden" name="own.kind" value={own?.kind ?? 'person'} />
      <input type="hidden" name="needs.asked" value="yes" />
    </>
  );
}

export function readNeeds(form: FormData): SaveAnswers {
  if (!form.has('needs.asked')) return {};
  const accessibility = form.getAll('own.accessibility');
  for (const name of ['own.accessibility', 'needs.asked']) form.delete(name);
  if (form.get('own.language') === '') form.delete('own.language');
  return { own: { ...answersFrom(form).own, accessibility } } as SaveAnswers;
}
