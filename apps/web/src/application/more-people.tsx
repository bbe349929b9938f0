import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { languages, type PartyAnswer, type SaveAnswers } from '#contract';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Icon } from '../parts/icon.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { answersFrom } from './answers-from-form.js';
import type { FieldsProps } from './steps.js';

type List = 'ownMore' | 'otherMore';
type Row = { key: number; party: PartyAnswer };
const nobody: PartyAnswer = { kind: 'person' };
const atMost = 9;

/** Who else is on a side. Nobody is the ordinary answer, so the page begins with a button and no empty fields. */
export const morePeople = (list: List) =>
  function MorePeople({ answers, complaints }: FieldsProps) {
    const t = useText('application');
    const made = useRef(answers[list]?.length ?? 0);
    const [rows, setRows] = useState<Row[]>(() => (answers[list] ?? []).map((party, key) => ({ key, party })));
    const add = () => setRows((before) => [...before, { key: (made.current += 1), party: nobody }]);
    return (
      <>
        <input type="hidden" name={`${list}.asked`} value="yes" />
        <div className="stack">
          {rows.length === 0 && <p className="muted">{t('application.more.nobody')}</p>}
          {rows.map(({ key, party }, at) => (
            <Card key={key} title={t('application.more.person', { at: at + 2 })}>
              <OnePerson path={`${list}.${at}`} whose={t('application.more.person', { at: at + 2 })} {...{ party, answers, complaints }} />
              <Button tone="quiet" small onClick={() => setRows((before) => before.filter((row) => row.key !== key))}>
                {t('application.more.remove')}
              </Button>
            </Card>
          ))}
          {rows.length < atMost && (
            <p>
              <Button tone="second" onClick={add}>
                <Icon of={IconPlus} /> {t('application.more.add')}
              </Button>
            </p>
          )}
        </div>
      </>
    );
  };

/** `whose`: how a mistake in a field of this person is told from the same mistake in another's. */
export function OnePerson({ path, party, complaints, whose }: FieldsProps & { path: string; party: PartyAnswer; whose: string }) {
  const t = useText('application', 'auth');
  const [kind, setKind] = useState(party.kind);
  const field = (name: 'surname' | 'given' | 'patronymic' | 'organisation' | 'iin' | 'bin' | 'phone' | 'email' | 'address') => ({
    name: `${path}.${name}`,
    complaint: complaints[`${path}.${name}`],
    defaultValue: party[name] ?? '',
    autoComplete: 'off',
  });
  return (
    <div data-whose={whose}>
      <SelectField
        name={`${path}.kind`}
        width="middle"
        label={t('application.more.kind')}
        value={kind}
        onChange={(event) => setKind(event.target.value as PartyAnswer['kind'])}
      >
        <option value="person">{t('application.other.person')}</option>
        <option value="organisation">{t('application.other.organisation')}</option>
      </SelectField>
      {kind === 'person' ? (
        <>
          <TextField {...field('surname')} label={t('auth.surname')} maxLength={80} />
          <TextField {...field('given')} label={t('auth.given')} maxLength={80} />
          <TextField {...field('patronymic')} label={t('auth.patronymic')} optional maxLength={80} />
          <TextField {...field('iin')} label={t('application.own.iin')} optional width="middle" inputMode="numeric" />
        </>
      ) : (
        <>
          <TextField {...field('organisation')} label={t('application.organisation')} maxLength={200} />
          <TextField {...field('bin')} label={t('application.bin')} optional width="middle" inputMode="numeric" />
        </>
      )}
      <TextField
        {...field('phone')}
        label={t('common.phone')}
        hint={t('application.contact.phone.hint')}
        type="tel"
        inputMode="tel"
        width="middle"
      />
      <TextField {...field('email')} label={t('common.email')} optional type="email" />
      <TextField
        {...field('address')}
        label={t('application.contact.address')}
        hint={t('application.contact.address.hint')}
        optional
        maxLength={300}
      />
      <SelectField name={`${path}.language`} width="middle" label={t('application.contact.language')} defaultValue={party.language ?? 'kk'}>
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {t(`common.${language}`)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** A list goes whole; a page that never asked sends nothing. */
export const readMore =
  (list: List) =>
  (form: FormData): SaveAnswers => {
    if (!form.has(`${list}.asked`)) return {};
    form.delete(`${list}.asked`);
    const rows = Object.values((answersFrom(form) as Record<string, Record<string, PartyAnswer>>)[list] ?? {});
    const filled = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')) as PartyAnswer);
    return { [list]: filled };
  };
