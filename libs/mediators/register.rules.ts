import { ageOn, birthDateOf, type Certificate, type KeepEntry } from '#contract';
import { type Day, plusDays } from '#hours';
import { foldings } from '#language';
import data from './data/register-rules.json' with { type: 'json' };

/** What is wrong with which field: path -> code of libs/language `fields.CODE`. */
export type Faults = Record<string, string>;
type RuleCode =
  | 'age_professional'
  | 'age_public'
  | 'certificate_warning_days'
  | 'certificate_renewal_days'
  | 'certificate_notice_first'
  | 'certificate_notice_last';
type RuleRow = { code: string; value: number; effective_from: Day | null; effective_to: Day | null };

/** The number in force on a day. */
export function registerRule(code: RuleCode, on: Day, rows: readonly RuleRow[] = data.rules): number {
  const inForce = rows.filter(
    (row) => row.code === code && (row.effective_from ?? on) <= on && (!row.effective_to || on < row.effective_to),
  );
  if (inForce.length !== 1) throw new RangeError(`${inForce.length} rules for ${code} on ${on}`);
  return inForce[0]!.value;
}

/** A certificate that ends on this day or earlier is told of. */
export const warnedFrom = (today: Day): Day => plusDays(today, registerRule('certificate_warning_days', today));

/** How many days before a certificate ends he and the desk are told. */
export const noticesBeforeEnd = (today: Day): number[] => [
  registerRule('certificate_notice_first', today),
  registerRule('certificate_notice_last', today),
];

/** Everything that an entry says wrongly by itself, the whole of it at once. What clashes with other entries, the database is asked. */
export function faultsIn(entry: KeepEntry, today: Day): Faults {
  const faults: Faults = { ...codesIn(entry), ...certificateFaults(entry.certificates, today) };
  if (!entry.email && !entry.phone) faults['email'] = 'contact_needed';
  if (entry.enteredOn > plusYear(today)) faults['enteredOn'] = 'date';
  const age = ageOn(birthDateOf(entry.iin) ?? entry.enteredOn, entry.enteredOn);
  if (age < registerRule(`age_${entry.kind}`, entry.enteredOn)) faults['enteredOn'] = `age_${entry.kind}`;
  return { ...faults, ...(entry.kind === 'professional' ? professional(entry) : publicly(entry, today)) };
}

const professional = ({ organisation, certificates }: KeepEntry): Faults => ({
  ...(organisation ? {} : { organisation: 'required' }),
  ...(certificates.some(({ course }) => course === 'general') ? {} : { certificates: 'certificate_needed' }),
});

const publicly = ({ community, protocolDate }: KeepEntry, today: Day): Faults => ({
  ...(community ? {} : { community: 'required' }),
  ...(protocolDate ? (protocolDate > today ? { protocolDate: 'date_future' } : {}) : { protocolDate: 'required' }),
});

const codesIn = ({ languages, fields, district }: KeepEntry): Faults => ({
  ...(languages.every((code) => data.languages.includes(code)) ? {} : { languages: 'choose' }),
  ...(fields.every((code) => data.fields.includes(code)) ? {} : { fields: 'choose' }),
  ...(data.districts.includes(district) ? {} : { district: 'choose' }),
});

/** Days in their order, issued already, and of one course never two at a time: what renews another begins when that one is over. */
export function certificateFaults(certificates: readonly Certificate[], today: Day): Faults {
  const faults: Faults = {};
  certificates.forEach((one, at) => {
    const earlier = certificates.slice(0, at);
    const name = (field: string) => `certificates.${at}.${field}`;
    if (one.validUntil < beginsOn(one)) faults[name('validUntil')] = 'ends_first';
    else if (one.issuedOn > today) faults[name('issuedOn')] = 'date_future';
    else if (
      beginsOn(one) !== one.issuedOn &&
      beginsOn(one) !==
        renewalDay(
          certificates.filter((other) => other !== one),
          one,
        )
    )
      faults[name('validFrom')] = 'renewal';
    else if (earlier.some((other) => overlaps(one, other))) faults[name('issuedOn')] = 'certificate_overlaps';
    if (earlier.some(({ issuer, number }) => issuer === one.issuer && number === one.number)) faults[name('number')] = 'number_taken';
    if (one.course === 'specialised' && !data.fields.includes(one.field ?? '')) faults[name('field')] = 'choose';
    if (one.course !== 'specialised' && one.field) faults[name('field')] = 'field_specialised';
  });
  return faults;
}

const overlaps = (one: Certificate, other: Certificate) =>
  isAlike(one, other) && beginsOn(one) <= other.validUntil && beginsOn(other) <= one.validUntil;

type Course = Pick<Certificate, 'course' | 'field'>;
const isAlike = (one: Course, other: Course) => one.course === other.course && one.field === other.field;
const beginsOn = ({ issuedOn, validFrom }: Certificate): Day => validFrom ?? issuedOn;

/** On which day a certificate begins that is issued while another of its course holds: in the last days of that one it renews it. */
export function renewalDay(held: readonly Certificate[], issued: Course & Pick<Certificate, 'issuedOn'>): Day | null {
  const { issuedOn } = issued;
  const last = held
    .filter((one) => isAlike(one, issued) && beginsOn(one) <= issuedOn && issuedOn <= one.validUntil)
    .find(({ validUntil }) => validUntil <= plusDays(issuedOn, registerRule('certificate_renewal_days', issuedOn)));
  return last ? plusDays(last.validUntil, 1) : null;
}

const plusYear = (day: Day): Day => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;

/** A name as it is compared: Kazakh letters and Latin look-alikes folded, without hyphens and soft or hard signs. Patronymics are often left out. */
export const nameKey = ({ surname, given }: Pick<KeepEntry, 'surname' | 'given'>): string =>
  [surname, given]
    .map((part) =>
      foldings(part)
        .at(-1)!
        .replaceAll(/[^\p{L}]|[ьъ]/gu, ''),
    )
    .join(' ');
