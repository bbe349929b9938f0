import { useState } from 'react';
import { languages, type PartyAnswer, type SaveAnswers } from '#contract';
import { RadioCards } from '../parts/option-cards.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { answersFrom } from './answers-from-form.js';
import type { FieldsProps } from './steps.js';

export type Named = FieldsProps & { party: PartyAnswer | null | undefined };

export function Organisation({ side, party, complaints }: Named & { side: 'own' | 'other' }) {
  const t = useText('application');
  return (
    <>
      <TextField
        name={`${side}.organisation`}
        label={t('application.organisation')}
        complaint={complaints[`${side}.organisation`]}
        defaultValue={party?.organisation ?? ''}
        autoComplete={side === 'own' ? 'organization' : 'off'}
        maxLength={200}
      />
      <TextField
        name={`${side}.bin`}
        width="middle"
        inputMode="numeric"
        optional={side === 'other'}
        label={t('application.bin')}
        hint={t('application.bin.hint')}
        complaint={complaints[`${side}.bin`]}
        defaultValue={party?.bin ?? ''}
        autoComplete="off"
      />
    </>
  );
}

export function OtherFields({ answers, complaints }: FieldsProps) {
  const t = useText('application', 'auth');
  const other = answers.other;
  const [kind, setKind] = useState(other?.kind ?? null);
  const field = (name: 'surname' | 'given' | 'patronymic') => ({
    name: `other.${name}`,
    label: t(`auth.${name}`),
    complaint: complaints[`other.${name}`],
    defaultValue: other?.[name] ?? '',
    autoComplete: 'off',
    maxLength: 80,
  });
  return (
    <>
      <RadioCards
        name="other.kind"
        labelledBy="question"
        chosen={kind}
        complaint={complaints['other.kind']}
        onChange={(event) => setKind(event.target.value as PartyAnswer['kind'])}
        options={[
          { value: 'person', label: t('application.other.person') },
          { value: 'organisation', label: t('application.other.organisation') },
        ]}
      />
      {kind === 'person' && (
        <>
          <TextField {...field('surname')} />
          <TextField {...field('given')} />
          <TextField {...field('patronymic')} optional />
          <Guardian {...{ answers, complaints }} party={other} />
        </>
      )}
      {kind === 'organisation' && <Organisation side="other" party={other} {...{ answers, complaints }} />}
    </>
  );
}

/** Somebody under age is spoken for by a parent or guardian, who is then the one invited. */
function Guardian({ party, complaints }: Named) {
  const t = useText('application');
  const acting = party?.representative;
  const [who, setWho] = useState(acting?.kind === 'legal' ? 'legal' : 'self');
  const field = (name: 'name' | 'phone') => ({
    name: `other.representative.${name}`,
    complaint: complaints[`other.representative.${name}`],
    defaultValue: acting?.[name] ?? '',
    autoComplete: 'off',
  });
  return (
    <>
      <RadioCards
        name="otherActs"
        legend={t('application.other.acts')}
        chosen={who}
        complaint={complaints['other.representative.kind']}
        onChange={(event) => setWho(event.target.value)}
        options={[
          { value: 'self', label: t('application.other.acts.self') },
          { value: 'legal', label: t('application.other.acts.legal') },
        ]}
      />
      {who === 'legal' && (
        <>
          <TextField {...field('name')} label={t('application.other.guardian')} maxLength={160} />
          <TextField {...field('phone')} label={t('common.phone')} type="tel" inputMode="tel" width="middle" />
        </>
      )}
    </>
  );
}

export function ContactFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  const other = answers.other;
  return (
    <>
      <input type="hidden" name="other.kind" value={other?.kind ?? 'person'} />
      <TextField
        name="other.phone"
        type="tel"
        inputMode="tel"
        width="middle"
        label={t('common.phone')}
        hint={t('application.contact.phone.hint')}
        complaint={complaints['other.phone']}
        defaultValue={other?.phone ?? ''}
        autoComplete="off"
      />
      <TextField
        name="other.email"
        type="email"
        optional
        label={t('common.email')}
        complaint={complaints['other.email']}
        defaultValue={other?.email ?? ''}
        autoComplete="off"
      />
      <TextField
        name="other.address"
        optional
        label={t('application.contact.address')}
        hint={t('application.contact.address.hint')}
        complaint={complaints['other.address']}
        defaultValue={other?.address ?? ''}
        autoComplete="off"
        maxLength={300}
      />
      <SelectField
        name="other.language"
        width="middle"
        label={t('application.contact.language')}
        complaint={complaints['other.language']}
        defaultValue={other?.language ?? 'kk'}
      >
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {t(`common.${language}`)}
          </option>
        ))}
      </SelectField>
    </>
  );
}

/** Whether a parent or guardian acts is asked of people alone; no answer changes nothing. */
export function readOther(form: FormData): SaveAnswers {
  const acts = form.get('otherActs');
  form.delete('otherActs');
  const { other } = answersFrom(form);
  if (!other) return {};
  if (acts === null) return { other };
  return { other: { ...other, representative: acts === 'legal' ? { ...other.representative, kind: 'legal' } : null } };
}
