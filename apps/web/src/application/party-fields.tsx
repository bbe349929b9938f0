import { useState } from 'react';
import { languages, type PartyAnswer } from '#contract';
import { RadioCards } from '../parts/option-cards.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import type { FieldsProps } from './steps.js';

type Named = FieldsProps & { party: PartyAnswer | null | undefined };

export function OwnFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  const own = answers.own;
  const [kind, setKind] = useState(own?.kind ?? 'person');
  return (
    <>
      <RadioCards
        name="own.kind"
        labelledBy="question"
        chosen={kind}
        complaint={complaints['own.kind']}
        onChange={(event) => setKind(event.target.value as PartyAnswer['kind'])}
        options={[
          { value: 'person', label: t('application.own.person') },
          { value: 'organisation', label: t('application.own.organisation') },
        ]}
      />
      {kind === 'person' ? (
        <TextField
          name="own.iin"
          width="middle"
          inputMode="numeric"
          autoComplete="off"
          label={t('application.own.iin')}
          hint={t('application.own.iin.hint')}
          complaint={complaints['own.iin']}
          defaultValue={own?.iin ?? ''}
        />
      ) : (
        <>
          <Organisation side="own" party={own} {...{ answers, complaints }} />
          <Signatory party={own} {...{ answers, complaints }} />
        </>
      )}
    </>
  );
}

function Organisation({ side, party, complaints }: Named & { side: 'own' | 'other' }) {
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

function Signatory({ party, complaints }: Named) {
  const t = useText('application');
  const signatory = party?.representative;
  return (
    <>
      <RadioCards
        name="own.representative.kind"
        legend={t('application.signatory')}
        chosen={signatory?.kind ?? 'head'}
        options={[
          { value: 'head', label: t('application.signatory.head') },
          { value: 'poa', label: t('application.signatory.poa') },
        ]}
      />
      <TextField
        name="own.representative.name"
        label={t('application.signatory.name')}
        complaint={complaints['own.representative.name']}
        defaultValue={signatory?.name ?? ''}
        autoComplete="name"
        maxLength={160}
      />
      <TextField
        name="own.representative.position"
        optional
        label={t('application.signatory.position')}
        complaint={complaints['own.representative.position']}
        defaultValue={signatory?.position ?? ''}
        autoComplete="organization-title"
        maxLength={120}
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
        </>
      )}
      {kind === 'organisation' && <Organisation side="other" party={other} {...{ answers, complaints }} />}
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
