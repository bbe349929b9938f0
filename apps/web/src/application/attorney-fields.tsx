import { type Attorney, attorneyPowers } from '#contract';
import type { Complaints } from '../complaints.js';
import { DayField } from '../parts/day-field.js';
import { CheckCards } from '../parts/option-cards.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';

type Props = { at: string; attorney?: Attorney | undefined; complaints: Complaints };

/** The power of attorney as it is written: what is not ticked can not be signed. `at`: the beginning of its fields' names. */
export function AttorneyFields({ at, attorney, complaints }: Props) {
  const t = useText('application');
  const field = (name: 'number' | 'issuedBy' | 'issuedOn' | 'validUntil') => ({
    name: `${at}.${name}`,
    label: t(`application.attorney.${name}`),
    complaint: complaints[`${at}.${name}`],
    defaultValue: attorney?.[name] ?? '',
    autoComplete: 'off',
  });
  return (
    <>
      <TextField {...field('number')} width="middle" maxLength={60} />
      <TextField {...field('issuedBy')} optional maxLength={200} />
      <DayField {...field('issuedOn')} />
      <DayField {...field('validUntil')} optional />
      <CheckCards
        name={`${at}.powers`}
        legend={t('application.attorney.powers')}
        hint={t('application.attorney.powers.hint')}
        chosen={attorney?.powers ?? []}
        complaint={complaints[`${at}.powers`]}
        options={attorneyPowers.map((value) => ({ value, label: t(`application.attorney.${value}`) }))}
      />
    </>
  );
}

/** What was written, or nothing if nobody acts by one. */
export function attorneyIn(form: FormData, at: string): Record<string, unknown> {
  const fields = (['number', 'issuedBy', 'issuedOn', 'validUntil'] as const).map((name) => [name, String(form.get(`${at}.${name}`) ?? '')]);
  return { ...Object.fromEntries(fields.filter(([, typed]) => typed)), powers: form.getAll(`${at}.powers`) };
}

/** What no power of attorney can lack; the rest is the server's to judge. */
export const attorneyGaps = (at: string, { number, issuedOn, powers }: Attorney = {}): Complaints => ({
  ...(!number && { [`${at}.number`]: 'required' }),
  ...(!issuedOn && { [`${at}.issuedOn`]: 'required' }),
  ...(!powers?.includes('take_part') && { [`${at}.powers`]: 'attorney_take_part' }),
});
