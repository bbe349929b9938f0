import type { Language } from '#contract';
import type { kk } from './texts/kk.js';

/*
 * How to add words.
 * A key: write it in texts/kk/AREA.ts, then in texts/ru/AREA.ts and texts/en/AREA.ts (the compiler names the ones you forgot).
 * An area: three such files, one line in each of texts/kk.ts, ru.ts, en.ts, one line in `areas` below.
 * Values stand in braces: 'Until {date}'. A number called {count} may choose among forms parted by ' || ':
 * kk and en have one || other, ru has one || few || many. **Two asterisks** make strong text where a page uses <Rich>.
 * In code: t('AREA.key') where t = useText('AREA') in the browser, translate(language, 'AREA.key', values) elsewhere.
 */

type Catalogue = typeof kk;
export type Area = keyof Catalogue;
/** Every text there is: 'AREA.key'. A key that is missing in the catalogues does not compile. */
export type TextKey<A extends Area = Area> = { [K in A]: `${K}.${keyof Catalogue[K] & string}` }[A];
export type Texts = Record<string, string>;
type Loading = Record<Language, () => Promise<{ default: Texts }>>;

/** The areas every page needs come in one file. */
const inBase = (area: 'common' | 'parts' | 'errors' | 'fields'): Loading => ({
  kk: async () => ({ default: (await import('./texts/kk/base.js'))[area] }),
  ru: async () => ({ default: (await import('./texts/ru/base.js'))[area] }),
  en: async () => ({ default: (await import('./texts/en/base.js'))[area] }),
});

/** Where the browser fetches each area, so that the filing path carries no word of the desk's pages. */
export const areas: Record<Area, Loading> = {
  common: inBase('common'),
  parts: inBase('parts'),
  errors: inBase('errors'),
  fields: inBase('fields'),
  states: { kk: () => import('./texts/kk/states.js'), ru: () => import('./texts/ru/states.js'), en: () => import('./texts/en/states.js') },
  events: { kk: () => import('./texts/kk/events.js'), ru: () => import('./texts/ru/events.js'), en: () => import('./texts/en/events.js') },
  start: { kk: () => import('./texts/kk/start.js'), ru: () => import('./texts/ru/start.js'), en: () => import('./texts/en/start.js') },
  about: { kk: () => import('./texts/kk/about.js'), ru: () => import('./texts/ru/about.js'), en: () => import('./texts/en/about.js') },
  warnings: {
    kk: () => import('./texts/kk/warnings.js'),
    ru: () => import('./texts/ru/warnings.js'),
    en: () => import('./texts/en/warnings.js'),
  },
  auth: { kk: () => import('./texts/kk/auth.js'), ru: () => import('./texts/ru/auth.js'), en: () => import('./texts/en/auth.js') },
  people: { kk: () => import('./texts/kk/people.js'), ru: () => import('./texts/ru/people.js'), en: () => import('./texts/en/people.js') },
  application: {
    kk: () => import('./texts/kk/application.js'),
    ru: () => import('./texts/ru/application.js'),
    en: () => import('./texts/en/application.js'),
  },
  case: { kk: () => import('./texts/kk/case.js'), ru: () => import('./texts/ru/case.js'), en: () => import('./texts/en/case.js') },
  invited: {
    kk: () => import('./texts/kk/invited.js'),
    ru: () => import('./texts/ru/invited.js'),
    en: () => import('./texts/en/invited.js'),
  },
  rooms: { kk: () => import('./texts/kk/rooms.js'), ru: () => import('./texts/ru/rooms.js'), en: () => import('./texts/en/rooms.js') },
  files: { kk: () => import('./texts/kk/files.js'), ru: () => import('./texts/ru/files.js'), en: () => import('./texts/en/files.js') },
  gatherings: {
    kk: () => import('./texts/kk/gatherings.js'),
    ru: () => import('./texts/ru/gatherings.js'),
    en: () => import('./texts/en/gatherings.js'),
  },
  calendar: {
    kk: () => import('./texts/kk/calendar.js'),
    ru: () => import('./texts/ru/calendar.js'),
    en: () => import('./texts/en/calendar.js'),
  },
  meetings: {
    kk: () => import('./texts/kk/meetings.js'),
    ru: () => import('./texts/ru/meetings.js'),
    en: () => import('./texts/en/meetings.js'),
  },
  times: { kk: () => import('./texts/kk/times.js'), ru: () => import('./texts/ru/times.js'), en: () => import('./texts/en/times.js') },
  papers: {
    kk: () => import('./texts/kk/papers.js'),
    ru: () => import('./texts/ru/papers.js'),
    en: () => import('./texts/en/papers.js'),
  },
  desk: { kk: () => import('./texts/kk/desk.js'), ru: () => import('./texts/ru/desk.js'), en: () => import('./texts/en/desk.js') },
  documents: {
    kk: () => import('./texts/kk/documents.js'),
    ru: () => import('./texts/ru/documents.js'),
    en: () => import('./texts/en/documents.js'),
  },
  mediator: {
    kk: () => import('./texts/kk/mediator.js'),
    ru: () => import('./texts/ru/mediator.js'),
    en: () => import('./texts/en/mediator.js'),
  },
  delivery: {
    kk: () => import('./texts/kk/delivery.js'),
    ru: () => import('./texts/ru/delivery.js'),
    en: () => import('./texts/en/delivery.js'),
  },
  certificate: {
    kk: () => import('./texts/kk/certificate.js'),
    ru: () => import('./texts/ru/certificate.js'),
    en: () => import('./texts/en/certificate.js'),
  },
  assignment: {
    kk: () => import('./texts/kk/assignment.js'),
    ru: () => import('./texts/ru/assignment.js'),
    en: () => import('./texts/en/assignment.js'),
  },
  complaints: {
    kk: () => import('./texts/kk/complaints.js'),
    ru: () => import('./texts/ru/complaints.js'),
    en: () => import('./texts/en/complaints.js'),
  },
  conflicts: {
    kk: () => import('./texts/kk/conflicts.js'),
    ru: () => import('./texts/ru/conflicts.js'),
    en: () => import('./texts/en/conflicts.js'),
  },
  choosing: {
    kk: () => import('./texts/kk/choosing.js'),
    ru: () => import('./texts/ru/choosing.js'),
    en: () => import('./texts/en/choosing.js'),
  },
  consultation: {
    kk: () => import('./texts/kk/consultation.js'),
    ru: () => import('./texts/ru/consultation.js'),
    en: () => import('./texts/en/consultation.js'),
  },
  court: { kk: () => import('./texts/kk/court.js'), ru: () => import('./texts/ru/court.js'), en: () => import('./texts/en/court.js') },
  reports: {
    kk: () => import('./texts/kk/reports.js'),
    ru: () => import('./texts/ru/reports.js'),
    en: () => import('./texts/en/reports.js'),
  },
  mediators: {
    kk: () => import('./texts/kk/mediators.js'),
    ru: () => import('./texts/ru/mediators.js'),
    en: () => import('./texts/en/mediators.js'),
  },
  register: {
    kk: () => import('./texts/kk/register.js'),
    ru: () => import('./texts/ru/register.js'),
    en: () => import('./texts/en/register.js'),
  },
  audit: { kk: () => import('./texts/kk/audit.js'), ru: () => import('./texts/ru/audit.js'), en: () => import('./texts/en/audit.js') },
  council: {
    kk: () => import('./texts/kk/council.js'),
    ru: () => import('./texts/ru/council.js'),
    en: () => import('./texts/en/council.js'),
  },
  safekeeping: {
    kk: () => import('./texts/kk/safekeeping.js'),
    ru: () => import('./texts/ru/safekeeping.js'),
    en: () => import('./texts/en/safekeeping.js'),
  },
  admin: { kk: () => import('./texts/kk/admin.js'), ru: () => import('./texts/ru/admin.js'), en: () => import('./texts/en/admin.js') },
  centre: {
    kk: () => import('./texts/kk/centre.js'),
    ru: () => import('./texts/ru/centre.js'),
    en: () => import('./texts/en/centre.js'),
  },
  mails: { kk: () => import('./texts/kk/mails.js'), ru: () => import('./texts/ru/mails.js'), en: () => import('./texts/en/mails.js') },
  sms: { kk: () => import('./texts/kk/sms.js'), ru: () => import('./texts/ru/sms.js'), en: () => import('./texts/en/sms.js') },
  notices: {
    kk: () => import('./texts/kk/notices.js'),
    ru: () => import('./texts/ru/notices.js'),
    en: () => import('./texts/en/notices.js'),
  },
  intakePapers: {
    kk: () => import('./texts/kk/intake-papers.js'),
    ru: () => import('./texts/ru/intake-papers.js'),
    en: () => import('./texts/en/intake-papers.js'),
  },
  house: { kk: () => import('./texts/kk/house.js'), ru: () => import('./texts/ru/house.js'), en: () => import('./texts/en/house.js') },
  training: {
    kk: () => import('./texts/kk/training.js'),
    ru: () => import('./texts/ru/training.js'),
    en: () => import('./texts/en/training.js'),
  },
  triage: { kk: () => import('./texts/kk/triage.js'), ru: () => import('./texts/ru/triage.js'), en: () => import('./texts/en/triage.js') },
};

/** Refusals and mistakes of what comes after an application: fetched with the first area that is not of its way. */
const laterErrors: Loading = {
  kk: () => import('./texts/kk/errors-later.js'),
  ru: () => import('./texts/ru/errors-later.js'),
  en: () => import('./texts/en/errors-later.js'),
};
const laterFields: Loading = {
  kk: () => import('./texts/kk/fields-later.js'),
  ru: () => import('./texts/ru/fields-later.js'),
  en: () => import('./texts/en/fields-later.js'),
};
const ofFiling: readonly Area[] = ['common', 'parts', 'errors', 'fields', 'start', 'about', 'warnings', 'auth', 'application', 'states'];

/** What a page of this area may be told beside what every page knows. */
export async function loadLater(language: Language, area: Area): Promise<Record<'errors' | 'fields', Texts>> {
  if (ofFiling.includes(area)) return { errors: {}, fields: {} };
  const [errors, fields] = await Promise.all([laterErrors[language](), laterFields[language]()]);
  return { errors: errors.default, fields: fields.default };
}

export const loadTexts = async (language: Language, area: Area): Promise<Texts> => (await areas[area][language]()).default;
