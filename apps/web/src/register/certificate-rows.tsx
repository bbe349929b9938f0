import { useState } from 'react';
import { certificateCourses, type KeptEntry } from '#contract';
import type { Complaints } from '../complaints.js';
import { Button } from '../parts/button.js';
import { DayField } from '../parts/day-field.js';
import { Mistake } from '../parts/field.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';
import styles from './register.module.css';

type Kept = KeptEntry['certificates'][number];
const empty: Kept = { course: 'general', field: null, number: '', issuer: '', issuedOn: '', validFrom: null, validUntil: '' };
type Row = { key: number; kept: Kept };

/** As many as there are; a row that is taken away goes with what was typed in it, the others keep theirs. */
export function CertificateRows({ kept, complaints, isNeeded }: { kept: Kept[]; complaints: Complaints; isNeeded: boolean }) {
  const t = useText('register');
  const [rows, setRows] = useState<Row[]>((kept.length === 0 && isNeeded ? [empty] : kept).map((one, key) => ({ key, kept: one })));
  const add = () => setRows([...rows, { key: 1 + Math.max(-1, ...rows.map(({ key }) => key)), kept: empty }]);
  return (
    <section aria-labelledby="certificates">
      <h2 id="certificates" tabIndex={-1}>
        {t('register.certificates')}
      </h2>
      <p className="muted">{t('register.certificates.hint')}</p>
      <Mistake of="certificates" complaint={complaints['certificates']} />
      {rows.map(({ key, kept: one }, at) => (
        <Certificate key={key} at={at} kept={one} complaints={complaints} onRemove={() => setRows(rows.filter((row) => row.key !== key))} />
      ))}
      <p>
        <Button tone="second" onClick={add}>
          {t('register.certificates.add')}
        </Button>
      </p>
    </section>
  );
}

type Props = { at: number; kept: Kept; complaints: Complaints; onRemove: () => void };

function Certificate({ at, kept, complaints, onRemove }: Props) {
  const t = useText('register');
  const language = useLanguage();
  const reference = useReference();
  const [course, setCourse] = useState<string>(kept.course);
  const name = (part: keyof Kept) => `certificates.${at}.${part}`;
  const common = (part: keyof Kept) => ({ name: name(part), complaint: complaints[name(part)] });
  return (
    <fieldset className={styles.certificate}>
      <legend>{t('register.certificates.nth', { n: at + 1 })}</legend>
      <SelectField
        {...common('course')}
        label={t('register.course')}
        width="middle"
        value={course}
        onChange={({ target }) => setCourse(target.value)}
      >
        {certificateCourses.map((one) => (
          <option key={one} value={one}>
            {t(`register.course.${one}`)}
          </option>
        ))}
      </SelectField>
      {course === 'specialised' && (
        <SelectField {...common('field')} label={t('register.course.field')} width="middle" defaultValue={kept.field ?? ''}>
          <option value="">–</option>
          {reference?.categories.map(({ code, name: called }) => (
            <option key={code} value={code}>
              {called[language]}
            </option>
          ))}
        </SelectField>
      )}
      <TextField {...common('number')} label={t('register.number')} width="middle" defaultValue={kept.number} maxLength={60} />
      <TextField {...common('issuer')} label={t('register.issuer')} defaultValue={kept.issuer} maxLength={200} />
      <DayField {...common('issuedOn')} label={t('register.issuedOn')} defaultValue={kept.issuedOn} />
      <DayField
        {...common('validFrom')}
        label={t('register.validFrom')}
        hint={t('register.validFrom.hint')}
        defaultValue={kept.validFrom ?? ''}
      />
      <DayField {...common('validUntil')} label={t('register.validUntil')} defaultValue={kept.validUntil} />
      <Button tone="quiet" small onClick={onRemove}>
        {t('register.certificates.remove')}
        <span className="vh"> {at + 1}</span>
      </Button>
    </fieldset>
  );
}
