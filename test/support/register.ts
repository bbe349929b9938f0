import { type Certificate, KeepEntry } from '#contract';
import { newId } from '#platform';

/** Valid numbers of people born one after another, so that each entry is somebody else. */
let born = 0;
export function nextIin(day?: string, century = 3) {
  born += 1;
  const start = day ?? `70${String(1 + (born % 12)).padStart(2, '0')}${String(1 + (Math.floor(born / 12) % 28)).padStart(2, '0')}`;
  for (let serial = born * 7; ; serial += 1)
    for (let digit = 0; digit < 10; digit += 1) {
      const number = `${start}${century}${String(serial % 10_000).padStart(4, '0')}${digit}`;
      if (KeepEntry.shape.iin.safeParse(number).success) return number;
    }
}
export const general = (values: Partial<Certificate> = {}): Certificate => ({
  course: 'general',
  field: null,
  issuer: 'Алтай-Бітім',
  issuedOn: '2024-01-10',
  validFrom: null,
  validUntil: '2027-01-09',
  number: `AB-${newId()}`,
  ...values,
});
export const paper = (values: Record<string, unknown> = {}): KeepEntry =>
  KeepEntry.parse({
    surname: `Тегі${born}`,
    given: 'Айдар',
    patronymic: '',
    iin: nextIin(),
    language: 'kk',
    email: `${newId()}@example.kz`,
    phone: null,
    kind: 'professional',
    registerNumber: `ВКО-${newId()}`.slice(0, 40),
    enteredOn: '2024-02-01',
    languages: ['kk'],
    fields: ['debt'],
    district: 'oskemen',
    capacity: 3,
    organisation: 'Алтай-Бітім',
    organisationBin: null,
    protocolDate: null,
    employerBin: null,
    certificates: [general()],
    ...values,
  });
