import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Language, SaveAnswers } from '#contract';
import { answersOf, districtOf } from '../../apps/launcher/src/demo/application.js';
import { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import { type Scenario, scenariosIn } from '../../apps/launcher/src/demo/scenario.js';
import type { Stage } from './house.js';
import type { Person } from './person.js';

const scenarios = scenariosIn(new URL('../scenarios', import.meta.url).pathname);
export const [fence, loan] = ['01', '05'].map((at) => scenarios.find(({ slug }) => slug.startsWith(at))!) as [Scenario, Scenario];
export const seat = (language: Language, width = 360) => ({ language, width });

export type Filed = { caseId: string; person: DemoPerson; other: string; own: SaveAnswers['own'] };
let people = 0;

/** Filed over the public interfaces, by somebody who has just registered. */
export async function filed({ house }: Stage, language: Language, scenario: Scenario, changes: SaveAnswers = {}): Promise<Filed> {
  const [first, second] = scenario.parties as [Scenario['parties'][number], Scenario['parties'][number]];
  const person = new DemoPerson(house.origin, 'A', `gallery-${language}-${++people}@example.kz`, house.inbox);
  await person.register({ surname: first.surname!, given: first.given!, patronymic: first.patronymic ?? '', language });
  const caseId = randomUUID();
  const other = `other-${language}-${people}@example.kz`;
  const { category, subcategory, title, claimText, desiredOutcome } = scenario;
  const own = { kind: 'person' as const, iin: first.iin! };
  const answers: SaveAnswers = {
    category,
    subcategory,
    district: districtOf(scenario),
    title,
    claimText,
    desiredOutcome,
    flags: { violence: false },
    own,
    other: { ...answersOf(second), email: other, language },
    ...changes,
  };
  await person.ask('POST', '/cases', { id: caseId, language, answers });
  await person.ask('POST', `/cases/${caseId}/moves`, { action: 'submit' });
  return { caseId, person, other, own };
}

/** The same session in a browser. */
export async function seated(stage: Stage, person: DemoPerson, language: Language, width = 360): Promise<Person> {
  const seen = await stage.visitor(seat(language, width), person.contact);
  const [name = '', value = ''] = person
    .cookies()
    .split('; ')
    .find((one) => one.startsWith('kelisim='))!
    .split('=');
  await seen.page.context().addCookies([{ name, value, url: stage.house.origin }]);
  return seen;
}

export async function askOf<T = unknown>({ page }: Person, method: string, path: string, body?: object): Promise<T> {
  const origin = new URL(page.url()).origin;
  const reply = await page.request.fetch(`/api${path}`, { method, headers: { origin }, ...(body && { data: body }) });
  expect(reply.status(), `${method} ${path} ${await reply.text()}`).toBeLessThan(300);
  return (await reply.json().catch(() => null)) as T;
}
