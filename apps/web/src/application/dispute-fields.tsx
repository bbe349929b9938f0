import { useState } from 'react';
import { RadioCards } from '../parts/option-cards.js';
import { SelectField, TextArea, TextField } from '../parts/text-field.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';
import type { FieldsProps } from './steps.js';

/** The categories as the house keeps them; "I do not know" is the last of them, and a person decides. */
export function KindFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  const language = useLanguage();
  const categories = useReference()?.categories ?? [];
  const [chosen, setChosen] = useState(answers.category ?? null);
  const narrower = categories.find(({ code }) => code === chosen)?.subcategories ?? [];
  const listed = (names: { name: Record<string, string> }[]) => names.map(({ name }) => name[language]).join(', ');

  return (
    <>
      <RadioCards
        name="category"
        labelledBy="question"
        hint={t('application.kind.hint')}
        complaint={complaints['category']}
        chosen={chosen}
        onChange={(event) => setChosen(event.target.value)}
        options={categories.map(({ code, name, subcategories }) => ({
          value: code,
          label: code === 'other' ? t('application.kind.other') : name[language],
          hint: code === 'other' ? t('application.kind.other.hint') : listed(subcategories),
          apart: code === 'other',
        }))}
      />
      {narrower.length > 0 && (
        <SelectField
          key={chosen}
          name="subcategory"
          label={t('application.sub')}
          optional
          complaint={complaints['subcategory']}
          defaultValue={answers.subcategory ?? ''}
        >
          <option value="">{t('application.sub.none')}</option>
          {narrower.map(({ code, name }) => (
            <option key={code} value={code}>
              {name[language]}
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}

export function PlaceFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  const language = useLanguage();
  const districts = useReference()?.districts ?? [];
  return (
    <SelectField
      key={districts.length}
      name="district"
      width="middle"
      label={t('application.place.label')}
      hint={t('application.place.hint')}
      complaint={complaints['district']}
      defaultValue={answers.district ?? ''}
    >
      <option value="">{t('application.place.choose')}</option>
      {districts.map(({ code, name }) => (
        <option key={code} value={code}>
          {name[language]}
        </option>
      ))}
    </SelectField>
  );
}

export function StoryFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  return (
    <TextArea
      name="claimText"
      rows={9}
      label={t('application.story')}
      hint={t('application.story.hint')}
      complaint={complaints['claimText']}
      defaultValue={answers.claimText ?? ''}
    />
  );
}

export function WishFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  return (
    <TextArea
      name="desiredOutcome"
      rows={6}
      label={t('application.wish')}
      hint={t('application.wish.hint')}
      complaint={complaints['desiredOutcome']}
      defaultValue={answers.desiredOutcome ?? ''}
    />
  );
}

export function AmountFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  return (
    <TextField
      name="amountKzt"
      width="middle"
      inputMode="numeric"
      optional
      label={t('application.amount.label')}
      hint={t('application.amount.hint')}
      complaint={complaints['amountKzt']}
      defaultValue={answers.amountKzt ?? ''}
    />
  );
}

export function NameFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  return (
    <TextField
      name="title"
      label={t('application.name.label')}
      hint={t('application.name.hint')}
      complaint={complaints['title']}
      defaultValue={answers.title ?? ''}
      maxLength={160}
    />
  );
}
