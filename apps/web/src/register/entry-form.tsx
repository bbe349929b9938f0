import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { EntryKept, KeepEntry, type KeptEntry, mediatorKinds } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { DayField } from '../parts/day-field.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { CheckCard, CheckCards } from '../parts/option-cards.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useMediatorWords } from '../public/use-mediator-words.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';
import { CertificateRows } from './certificate-rows.js';
import { entryFrom, labelsOf, tongues } from './entry-fields.js';
import styles from './register.module.css';

type Props = { id?: string; entry?: KeptEntry; onKept: (id: string) => void };

/** An entry as the law names its fields, on one page: everything that does not fit is told at once, nothing is kept by halves. */
export function EntryForm({ id, entry, onKept }: Props) {
  const t = useText('register', 'mediators');
  const cache = useQueryClient();
  const { complaints, attempt, check, take } = useComplaints({ phone: 'phone', email: 'email' });
  const [kind, setKind] = useState<KeptEntry['kind']>(entry?.kind ?? 'professional');
  const keep = useMutation({
    mutationFn: (body: KeepEntry) => call(EntryKept, id ? `/register/${id}` : '/register', { method: id ? 'PUT' : 'POST', body }),
    onSuccess: async (kept) => {
      await cache.invalidateQueries({ queryKey: ['register'] });
      onKept(kept.id);
    },
    onError: (refusal) => void take(refusal),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = check(KeepEntry, entryFrom(new FormData(event.currentTarget), entry?.version ?? null));
    if (read && !keep.isPending) keep.mutate(read);
  };
  const text = (name: keyof typeof entryTexts, more: { optional?: boolean; hint?: ReactNode } = {}) => (
    <TextField
      name={name}
      label={t(`register.${name}`)}
      defaultValue={String(entry?.[name] ?? '')}
      complaint={complaints[name]}
      width={entryTexts[name]}
      {...more}
    />
  );
  const fieldFault = keep.error && Object.keys(complaints).length > 0;
  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} labels={labelsOf(t, complaints)} />
      <h2>{t('register.person')}</h2>
      {text('surname')}
      {text('given')}
      {text('patronymic', { optional: true })}
      {text('iin', { hint: t('register.iin.hint') })}
      {complaints['surname'] === 'looks_registered' && <CheckCard name="isAnother" label={t('register.isAnother')} />}
      {text('email', { optional: true })}
      {text('phone', { optional: true })}
      <Language chosen={entry?.language} />
      {text('address', { optional: true })}
      {text('employer', { optional: true, hint: t('register.employer.hint') })}
      {text('employerBin', { optional: true })}
      <h2>{t('register.entry')}</h2>
      <SelectField
        name="kind"
        label={t('register.kind')}
        width="middle"
        value={kind}
        onChange={({ target }) => setKind(target.value as KeptEntry['kind'])}
      >
        {mediatorKinds.map((one) => (
          <option key={one} value={one}>
            {t(`mediators.kind.${one}`)}
          </option>
        ))}
      </SelectField>
      {text('registerNumber', { hint: t('register.registerNumber.hint') })}
      <DayField
        name="enteredOn"
        label={t('register.enteredOn')}
        defaultValue={entry?.enteredOn ?? ''}
        complaint={complaints['enteredOn']}
      />
      {kind === 'professional' ? (
        <>
          {text('organisation')}
          {text('organisationBin', { optional: true })}
        </>
      ) : (
        <>
          {text('community')}
          {text('protocolNumber', { optional: true })}
          <DayField
            name="protocolDate"
            label={t('register.protocolDate')}
            defaultValue={entry?.protocolDate ?? ''}
            complaint={complaints['protocolDate']}
          />
        </>
      )}
      <h2>{t('register.work')}</h2>
      <Work entry={entry} complaints={complaints} />
      <CertificateRows kept={entry?.certificates ?? []} complaints={complaints} isNeeded={kind === 'professional'} />
      {keep.error && !fieldFault && <Failure of={keep.error} />}
      <Actions>
        <Button type="submit" busy={keep.isPending}>
          {t(id ? 'register.keep.again' : 'register.keep')}
        </Button>
      </Actions>
    </form>
  );
}

/** Fields of one line, and how wide each is. */
const entryTexts = {
  surname: 'middle',
  given: 'middle',
  patronymic: 'middle',
  iin: 'middle',
  email: 'middle',
  phone: 'middle',
  address: 'full',
  employer: 'full',
  employerBin: 'middle',
  registerNumber: 'middle',
  organisation: 'full',
  organisationBin: 'middle',
  community: 'full',
  protocolNumber: 'short',
  capacity: 'short',
} as const;

function Language({ chosen = 'kk' }: { chosen?: string | undefined }) {
  const t = useText('register');
  return (
    <SelectField name="language" label={t('register.language')} width="middle" defaultValue={chosen}>
      {(['kk', 'ru', 'en'] as const).map((code) => (
        <option key={code} value={code}>
          {t(`common.${code}`)}
        </option>
      ))}
    </SelectField>
  );
}

function Work({ entry, complaints }: { entry: KeptEntry | undefined; complaints: Record<string, string> }) {
  const t = useText('register');
  const words = useMediatorWords();
  const language = useLanguage();
  const reference = useReference();
  if (!reference) return null;
  const named = ({ code, name }: (typeof reference.categories)[number]) => ({ value: code, label: name[language] });
  return (
    <>
      <div className={styles.many}>
        <CheckCards
          name="languages"
          legend={t('register.languages')}
          chosen={entry?.languages ?? []}
          complaint={complaints['languages']}
          options={tongues.map((code) => ({ value: code, label: words.language(code) }))}
        />
      </div>
      <div className={styles.many}>
        <CheckCards
          name="fields"
          legend={t('register.fields')}
          chosen={entry?.fields ?? []}
          complaint={complaints['fields']}
          options={reference.categories.map(named)}
        />
      </div>
      <SelectField
        name="district"
        label={t('register.district')}
        width="middle"
        defaultValue={entry?.district ?? ''}
        complaint={complaints['district']}
      >
        <option value="">–</option>
        {reference.districts.map(({ code, name }) => (
          <option key={code} value={code}>
            {name[language]}
          </option>
        ))}
      </SelectField>
      <TextField
        name="capacity"
        label={t('register.capacity')}
        inputMode="numeric"
        width="short"
        defaultValue={entry?.capacity ?? 3}
        complaint={complaints['capacity']}
      />
    </>
  );
}
