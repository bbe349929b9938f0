import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import type { ScreeningFlag } from '#contract';
import { Notice } from '../parts/banner.js';
import { Hint } from '../parts/field.js';
import { CheckCard, RadioCards } from '../parts/option-cards.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';
import type { FieldsProps } from './steps.js';

export function CourtFields({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  const open = answers.court ? true : answers.flags?.courtCaseOpen;
  const [answer, setAnswer] = useState(open === undefined ? null : open ? 'yes' : 'no');
  return (
    <>
      <RadioCards
        name="hasCourt"
        labelledBy="question"
        chosen={answer}
        complaint={complaints['hasCourt']}
        onChange={(event) => setAnswer(event.target.value)}
        options={[
          { value: 'no', label: t('application.court.no') },
          { value: 'yes', label: t('application.court.yes') },
        ]}
      />
      {answer === 'yes' && <WhichCourt answers={answers} complaints={complaints} />}
    </>
  );
}

function WhichCourt({ answers, complaints }: FieldsProps) {
  const t = useText('application');
  const language = useLanguage();
  const courts = useReference()?.courts ?? [];
  return (
    <>
      <Notice icon={IconClock}>
        <p>{t('application.court.warning')}</p>
      </Notice>
      <SelectField
        name="court.courtId"
        label={t('application.court.which')}
        complaint={complaints['court.courtId']}
        defaultValue={answers.court?.courtId ?? ''}
      >
        <option value="">{t('application.place.choose')}</option>
        {courts.map(({ id, name }) => (
          <option key={id} value={id}>
            {name[language]}
          </option>
        ))}
      </SelectField>
      <TextField
        name="court.caseNumber"
        width="middle"
        optional
        label={t('application.court.number')}
        hint={t('application.court.number.hint')}
        complaint={complaints['court.caseNumber']}
        defaultValue={answers.court?.caseNumber ?? ''}
        autoComplete="off"
      />
    </>
  );
}

/** Asked alone, under a neutral title. Neither yes nor no is ever filled in: somebody else may look at this screen. */
export function SafetyFields({ complaints }: Pick<FieldsProps, 'complaints'>) {
  const t = useText('application');
  return (
    <>
      <RadioCards
        name="flags.violence"
        labelledBy="question"
        complaint={complaints['flags.violence']}
        chosen={null}
        options={[
          { value: 'no', label: t('application.safety.yes') },
          { value: 'yes', label: t('application.safety.no') },
          { value: 'unsure', label: t('application.safety.unsure') },
        ]}
      />
      <Notice icon={IconAlertTriangle}>
        <p>{t('application.safety.now')}</p>
      </Notice>
    </>
  );
}

export const aroundFlags = [
  'minorParty',
  'interpreter',
  'stateBody',
  'criminal',
  'enforcementOpen',
  'thirdPartyRights',
  'incapableParty',
  'corruption',
] as const satisfies ScreeningFlag[];

export function AroundFields({ answers }: FieldsProps) {
  const t = useText('application');
  return (
    <fieldset aria-labelledby="question" aria-describedby="around-hint">
      <Hint of="around">{t('application.around.hint')}</Hint>
      {aroundFlags.map((flag) => (
        <CheckCard
          key={flag}
          tight
          name={`flags.${flag}`}
          label={t(`application.around.${flag}`)}
          checked={answers.flags?.[flag] ?? false}
        />
      ))}
    </fieldset>
  );
}
