import { expect } from '@playwright/test';
import { type Language, triage, type TriageAnswers, type TriageEnd, triageEnds, triageQuestions } from '#contract';
import { keepPaper, shoot } from './camera.js';
import { fence } from './disputes.js';
import { type Stage, test } from './house.js';
import type { Person } from './person.js';

const languages = ['kk', 'ru'] as const satisfies Language[];
const titles = ['place', 'story', 'wish', 'amount', 'court', 'safety', 'around', 'own', 'ownMore', 'other'] as const;
const later = ['contact', 'otherMore', 'needs', 'name'] as const;
type Step = (typeof titles)[number] | (typeof later)[number];

for (const language of languages) {
  test(`before an application, in ${language}`, async ({ stage }) => {
    const a = await stage.visitor({ language, width: 360 }, `asks-${language}@example.kz`);
    const { t } = a;
    await a.open('/', t('start.title'));
    await shoot(a, '01-start');
    await a.open('/triage', t('triage.about'));
    await shoot(a, '02-triage');
    await a.press(t('common.continue'));
    await shoot(a, '02-triage-wrong');
    for (const [end, way] of waysToEnds()) {
      await a.open('/triage', t('triage.about'));
      for (const [question, option] of way) {
        await a.page.locator(`input[name="${question}"][value="${option}"]`).check();
        if (end === 'person_looks') await shoot(a, `02-triage-${question}`);
        await a.press(t('common.continue'));
      }
      await a.arrive(t(`triage.end.${end}`));
      await shoot(a, `03-triage-end-${end}`);
    }
    await a.open('/consultation', t('consultation.title'));
    await shoot(a, '04-consultation');
    await a.page.context().close();
  });

  test(`an application, in ${language}`, async ({ stage }) => {
    const a = await stage.visitor({ language, width: 360 }, `files-${language}@example.kz`);
    await begin(a);
    const caseId = /apply\/([0-9a-f-]{36})/.exec(a.page.url())![1]!;
    await answerAll(a, stage, caseId);
    await elsewhere(a, stage, caseId);
    await send(a, caseId);
    await a.page.context().close();
  });
}

/** The shortest way to each end of the decision table. */
function waysToEnds() {
  const ways = new Map<TriageEnd, [string, string][]>();
  const look = (given: TriageAnswers) => {
    const next = triage(given);
    if ('row' in next) {
      const way = Object.entries(given) as [string, string][];
      if (way.length < (ways.get(next.row.end)?.length ?? 99)) ways.set(next.row.end, way);
      return;
    }
    const { options } = triageQuestions.find(({ id }) => id === next.ask)!;
    for (const option of Object.keys(options)) look({ ...given, [next.ask]: option });
  };
  look({});
  expect([...ways.keys()].toSorted()).toEqual(Object.keys(triageEnds).toSorted());
  return ways;
}

async function begin(a: Person) {
  const { t, page } = a;
  await a.open('/apply', t('application.kind'));
  await shoot(a, '05-kind');
  await a.press(t('common.continue'));
  await shoot(a, '05-kind-wrong');
  await page.getByRole('radio').first().check();
  await a.press(t('common.continue'));
  await a.arrive(t('auth.register.title'));
  await shoot(a, '06-register');
  await a.press(t('auth.getCode'));
  await shoot(a, '06-register-wrong');
  await a.field(t('auth.contact')).fill(a.contact);
  await a.press(t('auth.getCode'));
  await a.arrive(t('auth.register.names'));
  await a.press(t('common.continue'));
  await shoot(a, '07-names-wrong');
  await a.field(t('auth.surname')).fill(fence.own.surname);
  await a.field(t('auth.given')).fill(fence.own.given);
  await a.tick(t('auth.consent')).check();
  await a.press(t('common.continue'));
  await a.arrive(t('auth.code.title'));
  await a.field(t('auth.code.label')).fill('12');
  await a.press(t('auth.register.finish'));
  await shoot(a, '08-code-wrong');
  await a.typeCode(t('auth.code.label'));
  await a.press(t('auth.register.finish'));
  await a.arrive(t('application.place'));
}

async function answerAll(a: Person, { reference }: Stage, caseId: string) {
  const { t, field, choice, page } = a;
  const press = () => a.press(t('common.saveAndContinue'));
  const at = async (step: Step) => {
    await a.arrive(t(`application.${step}`));
    await shoot(a, `1-${step}`);
  };
  const wrong = async (name: string) => {
    await press();
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 15_000 });
    await shoot(a, `${name}-wrong`);
  };
  await at('place');
  await wrong('1-place');
  await page.goto(`/apply/${caseId}/check`);
  await a.arrive(t('application.check'));
  await shoot(a, '2-check-missing');
  await a.open('/cases', t('case.title'));
  await shoot(a, '2-draft-in-list');
  await page.goto(`/cases/${caseId}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await shoot(a, '2-draft-home');
  await page.goto('/');
  await a.arrive(t('start.title'));
  await shoot(a, '2-draft-start');
  await page.goto(`/apply/${caseId}/place`);
  await a.arrive(t('application.place'));
  await field(t('application.place.label')).selectOption(fence.district);
  await press();
  for (const [step, text] of [
    ['story', fence.claimText],
    ['wish', fence.desiredOutcome],
  ] as const) {
    await at(step);
    await wrong(`1-${step}`);
    await page.getByRole('textbox', { name: t(`application.${step}`) }).fill(text);
    await press();
  }
  await at('amount');
  await a.optional(t('application.amount.label')).fill('-5,50');
  await wrong('1-amount');
  await a.optional(t('application.amount.label')).fill('180 000');
  await press();
  await at('court');
  await choice(t('application.court.yes')).check();
  await a.optional(t('application.court.number')).fill('12/34');
  await wrong('1-court');
  await field(t('application.court.which')).selectOption(reference.courts[0]!.id);
  await a.optional(t('application.court.number')).fill(fence.court.caseNumber);
  await press();
  await at('safety');
  await choice(t('application.safety.yes')).check();
  await press();
  await at('around');
  await press();
  await at('own');
  await own(a, wrong);
  await press();
  await at('ownMore');
  await a.press(t('application.more.add'));
  await wrong('1-ownMore');
  await a.press(t('application.more.remove'));
  await press();
  await at('other');
  await wrong('1-other');
  await other(a);
  await press();
  await at('contact');
  await wrong('1-contact');
  await field(t('common.phone')).fill(fence.other.phone);
  await press();
  await at('otherMore');
  await a.press(t('application.more.add'));
  await field(t('application.more.kind')).selectOption('organisation');
  await field(t('common.phone')).fill('12');
  await a.optional(t('application.bin')).fill('850808300009');
  await wrong('1-otherMore');
  await a.press(t('application.more.remove'));
  await press();
  await at('needs');
  await page.getByRole('checkbox').first().check();
  await press();
  await at('name');
  await wrong('1-name');
  await field(t('application.name.label')).fill(fence.title);
  await press();
}

/** Each way of applying, the last of them by oneself. */
async function own(a: Person, wrong: (name: string) => Promise<void>) {
  const { t, choice, field } = a;
  await choice(t('application.own.poa')).check();
  await expect(field(t('application.attorney.number'))).toBeVisible();
  await wrong('1-own-poa');
  await choice(t('application.own.legal')).check();
  await field(t('application.own.iin.theirs')).fill('150240990069');
  await wrong('1-own-legal');
  await choice(t('application.own.organisation')).check();
  await field(t('application.bin')).fill('850808300009');
  await wrong('1-own-organisation');
  await choice(t('application.signatory.poa')).check();
  await expect(field(t('application.attorney.number'))).toBeVisible();
  await shoot(a, '1-own-organisation-poa');
  await choice(t('application.own.person')).check();
  await field(t('application.own.iin')).fill('660319499007');
  await wrong('1-own');
  await field(t('application.own.iin')).fill(fence.iin);
}

async function other(a: Person) {
  const { t, choice, field } = a;
  await choice(t('application.other.organisation')).check();
  await shoot(a, '1-other-organisation');
  await choice(t('application.other.person')).check();
  await choice(t('application.other.acts.legal')).check();
  await field(t('auth.surname')).fill(fence.other.surname);
  await shoot(a, '1-other-minor');
  await choice(t('application.other.acts.self')).check();
  await field(t('auth.given')).fill(fence.other.given);
}

/** A link for another device, and a code that comes to the contact. */
async function elsewhere(a: Person, stage: Stage, caseId: string) {
  const { t, page } = a;
  await a.arrive(t('application.check'));
  await a.follow(t('application.elsewhere'));
  await a.arrive(t('application.elsewhere'));
  await a.press(t('application.elsewhere.ask'));
  await expect(page.getByText('/resume/')).toBeVisible();
  await shoot(a, '30-elsewhere');
  const path = /\/resume\/[0-9a-f-]{36}\?next=\S+/.exec(await page.locator('main').innerText())![0];
  const there = await stage.visitor({ language: a.language, width: 360 }, a.contact);
  await there.open(path, t('auth.resume'));
  await shoot(there, '31-resume');
  await there.field(t('auth.code.label')).fill('000000');
  await there.press(t('auth.code.enter'));
  await expect(there.page.getByRole('alert').first()).toBeVisible();
  await shoot(there, '31-resume-wrong');
  await there.typeCode(t('auth.code.label'));
  await there.press(t('auth.code.enter'));
  await expect(there.page).toHaveURL(new RegExp(`apply/${caseId}`));
  await there.page.context().close();
}

async function send(a: Person, caseId: string) {
  const { t } = a;
  await a.open(`/apply/${caseId}/check`, t('application.check'));
  await shoot(a, '32-check');
  await a.press(t('application.check.send'));
  await a.arrive(t('application.sent'));
  await shoot(a, '33-sent');
  await keepPaper(a, '33-receipt', `/cases/${caseId}/receipt`);
  await a.open(`/cases/${caseId}`, /\S/);
  await shoot(a, '34-home-filed');
}
