import { expect } from '@playwright/test';
import { maskIin, type SaveAnswers, showPhone } from '#contract';
import { dateInWords } from '#language';
import { askOf } from './intake-people.js';
import type { Person } from './person.js';

/** Somebody at the desk who acts by a power of attorney, against a child whose mother acts, with one more on that side. */
export const allAnswered = {
  category: 'neighbours',
  district: 'ulan',
  title: 'Қоршау',
  claimText: 'Қоршау екі жыл бұрын құлады.',
  desiredOutcome: 'Бірге тұрғызайық.',
  flags: { violence: false, courtCaseOpen: false },
  own: {
    kind: 'person',
    surname: 'Қасымов',
    given: 'Ерлан',
    iin: '660319499006',
    phone: '+77010000007',
    email: 'walks-in@example.kz',
    interpreter: 'tr',
    channel: 'sms',
    language: 'ru',
    accessibility: ['large_print'],
    representative: {
      kind: 'poa',
      name: 'Дорофеева Анна',
      attorney: {
        number: '1-204',
        issuedBy: 'Нотариус Әбенова',
        issuedOn: '2026-09-01',
        validUntil: '2027-09-01',
        powers: ['take_part', 'sign_contract'],
      },
    },
  },
  other: {
    kind: 'person',
    surname: 'Ли',
    given: 'Дана',
    phone: '+77010000008',
    language: 'kk',
    representative: { kind: 'legal', name: 'Ли Вера', phone: '+77010000009' },
  },
  otherMore: [{ kind: 'organisation', organisation: 'ТОО «Жылу»', email: 'zhylu@example.kz', language: 'ru' }],
} as const satisfies SaveAnswers;

const exactly = (label: string) => new RegExp(`^${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

/** Each answer, in words, with the way to the page that changes it. */
export async function stands({ page }: Person, rows: [label: string, value: string, step: string][]) {
  for (const [label, value, step] of rows) {
    const named = page.locator('main dl > div').filter({ has: page.locator('dt', { hasText: exactly(label) }) });
    const row = named.filter({ has: page.locator(`a[href$="/${step}"]`) }); // both sides have a name and a telephone
    await expect(row.locator('dd').first()).toHaveText(value);
  }
}

/** What an operator has written for somebody is read out before it is sent: all of it, and nobody's name in the applicant's place. */
export async function readOutAtDesk(desk: Person) {
  const { t, language, page } = desk;
  const { caseId } = await askOf<{ caseId: string }>(desk, 'POST', '/cases', { language, answers: allAnswered });
  const day = (on: string) => dateInWords(language, on);
  const { own, other } = allAnswered;
  const powers = own.representative.attorney;
  await desk.open(`/apply/${caseId}/check`, t('application.check'));
  await expect(page.getByRole('heading', { name: t('application.check.applicant') })).toBeVisible();
  await stands(desk, [
    [t('application.own'), t('application.own.poa'), 'own'],
    [t('common.name'), 'Қасымов Ерлан', 'own'],
    [t('application.own.iin.theirs'), maskIin(own.iin), 'own'],
    [t('application.check.acting'), own.representative.name, 'own'],
    [t('common.phone'), `${showPhone(own.phone)} ${t('application.check.code')}`, 'own'],
    [t('common.email'), own.email, 'own'],
    [t('application.check.applicant.more'), t('common.none'), 'ownMore'],
    [t('application.needs.language'), t('common.ru'), 'needs'],
    [t('application.needs.interpreter'), t('application.needs.interpreter.tr'), 'needs'],
    [t('application.needs.channel'), t('application.needs.channel.sms'), 'needs'],
    [t('application.needs.label'), t('application.needs.large_print'), 'needs'],
    [t('application.attorney.number'), powers.number, 'own'],
    [t('application.attorney.issuedBy'), powers.issuedBy, 'own'],
    [t('application.attorney.issuedOn'), day(powers.issuedOn), 'own'],
    [t('application.attorney.validUntil'), day(powers.validUntil), 'own'],
    [t('application.attorney.powers'), `${t('application.attorney.take_part')} ${t('application.attorney.sign_contract')}`, 'own'],
    [t('application.check.scan'), t('application.check.scan.none'), 'own'],
    [
      t('application.other.acts'),
      `${t('application.other.acts.legal')} ${other.representative.name} ${showPhone(other.representative.phone)}`,
      'other',
    ],
    [t('application.otherMore.label'), `ТОО «Жылу», zhylu@example.kz, ${t('common.ru')}`, 'otherMore'],
  ]);
  await desk.look();
  await desk.lookAt(360);
  await desk.open('/desk', t('desk.title'));
  await expect(page.getByText(t('parts.notSent.whole'))).toBeVisible(); // in no pile, and yet not lost
}

/** Sent back with a note to one answer: the note stands above the answer, and below it why it stays as it is. */
export async function mendAndResend(a: Person, desk: Person, caseId: string) {
  const { t, page } = a;
  const note = 'Напишите, когда это было.';
  await desk.open(`/desk/cases/${caseId}`, /\S/);
  await askOf(desk, 'PUT', `/cases/${caseId}/screening`, { decision: 'return', notes: note, fields: { claimText: note } });
  await a.open(`/apply/${caseId}/story`, t('application.story'));
  const reply = a.optional(t('application.note.reply'));
  const [said, answer, why] = await Promise.all(
    [page.getByText(note), page.locator('#claimText'), reply].map(async (one) => (await one.boundingBox())!.y),
  );
  expect([said, answer, why].map(Number)).toEqual([said, answer, why].map(Number).toSorted((one, other) => one - other));
  await reply.fill('Дата указана в расписке.');
  await a.look();
  await a.press(t('common.saveAndContinue'));
  await a.arrive(t('application.wish'));
  await askOf(a, 'POST', `/cases/${caseId}/moves`, { action: 'resubmit' });
}

/** A reason may be written with a refusal; here the code is wrong and nothing is refused. */
export async function thinkOfDeclining(b: Person) {
  const { t, page } = b;
  const reason = 'Мне это сейчас не под силу.';
  await b.open('/invitation/decline', t('invited.decline.title'));
  await expect(page.getByText(t('invited.decline.reason.hint'))).toBeVisible();
  await b.optional(t('invited.decline.reason')).fill(reason);
  await b.press(t('invited.who.next'));
  await b.arrive(t('auth.code.title'));
  await b.field(t('auth.code.label')).fill('000000');
  const sent = page.waitForRequest((request) => request.method() === 'PUT' && request.url().endsWith('/invitation/answer'));
  await b.press(t('invited.decline.send'));
  expect((await sent).postDataJSON()).toMatchObject({ answer: 'decline', code: '000000', reason });
  await expect(page.getByRole('alert')).toBeVisible();
  await b.open('/invitation', /\S/);
}
