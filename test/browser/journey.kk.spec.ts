import { expect } from '@playwright/test';
import { fence } from './disputes.js';
import { test } from './house.js';
import * as step from './steps.js';

const seat = { language: 'kk', width: 360 } as const;
const whisper = 'Ағашты кескені үшін кешірім сұраса, қоршауды қалдыруға дайынмын.';
const paper = 'Ағаш туралы шарт.pdf';
const aloud = 'Сәлеметсіздер ме. Кім бастайды?';

test('a neighbour files in Kazakh on a phone, talks in two rooms, and leaves in two taps', async ({ stage }) => {
  const a = await stage.visitor(seat, 'kulash.seyitkazina@example.kz');
  const b = await stage.visitor(seat, fence.other.phone);
  const desk = await stage.staff(seat, 'coordinator');
  const clerk = await stage.staff(seat, 'clerk');

  const caseId = await test.step('file', () => step.file(a, fence, stage));
  await test.step('the court sees a case named at filing', async () => {
    await clerk.open('/court', clerk.t('court.title'));
    await step.courtReads(clerk, fence, 'SUBMITTED');
    await clerk.look();
  });
  await test.step('allow', () => step.allow(desk, fence));
  await test.step('join', () => step.join(b, fence, caseId));
  const name = await test.step('offer', () => step.offer(desk, caseId));
  const m = await stage.staff(seat, name);
  await test.step('accept', () => step.accept(m, caseId));
  await test.step('contract', async () => {
    await step.prepareContract(m);
    await step.confirm(a, caseId, 'contract');
    await step.confirm(b, caseId, 'contract');
    await step.proveAndConfirm(m);
    await step.courtReads(clerk, fence, 'IN_MEDIATION');
  });

  await test.step('talk', async () => {
    await a.open(`/cases/${caseId}/rooms?room=own`, a.t('parts.room.caucus'));
    await b.open(`/cases/${caseId}/rooms`, b.t('parts.room.joint'));
    await m.open(`/mediator/cases/${caseId}`, /\S/);
    await m.follow(m.t('rooms.tab.A'));
    await step.write(a, a.t('rooms.label.own'), a.t('rooms.send.own'), whisper);
    await step.attach(a, a.t('rooms.send.own'), paper);
    await expect(m.said(whisper).filter({ visible: true })).toBeVisible();
    await expect(m.said(paper).filter({ visible: true }).first()).toBeVisible();
    await m.look();
    await m.follow(m.t('rooms.tab.joint'));
    await step.write(m, m.t('rooms.label.both'), m.t('rooms.send.both'), aloud);
    await expect(b.said(aloud)).toBeVisible();
    await a.follow(a.t('parts.room.joint'));
    await expect(a.said(aloud)).toBeVisible();
    for (const person of [a, b, m]) await person.look();
    expect(b.received.some((text) => text.includes(aloud))).toBe(true);
    for (const person of [b, desk, clerk])
      expect(person.received.filter((text) => text.includes(whisper) || text.includes(paper))).toEqual([]);
    await expect(b.page.getByText(whisper)).toHaveCount(0);
  });

  await test.step('meet', async () => {
    await step.propose(m, caseId);
    await a.open(`/cases/${caseId}/rooms`, a.t('parts.room.joint'));
    await expect(a.page.getByRole('link', { name: a.t('rooms.step.choose') })).toBeVisible();
    await expect(a.page.getByText(a.t('rooms.step.until', { date: '' }).replace(/[ .]+$/, '')).first()).toBeVisible();
    await a.look();
    await step.acceptHour(a, caseId);
    await step.acceptHour(b, caseId);
    for (const person of [a, b, m]) await expect(person.page.getByRole('button', { name: person.t('calendar.cancel') })).toBeVisible();
    await b.look();
  });

  await test.step('leave in two taps', async () => {
    await b.open(`/cases/${caseId}/rooms`, b.t('parts.room.joint'));
    await m.page.goto(`/mediator/cases/${caseId}`);
    await expect(m.said(aloud).filter({ visible: true })).toBeVisible();
    await a.open(`/cases/${caseId}`, /\S/);
    await a.pressTwice(a.t('case.leave'), a.t('case.leave.question'), a.t('case.leave.confirm'));
    await expect(a.page.getByText(a.t('states.TERMINATED.name'), { exact: true }).first()).toBeVisible();
    await a.look();
    await step.courtReads(clerk, fence, 'TERMINATED');
    for (const person of [b, m]) await step.isReadOnly(person);
    await a.open(`/cases/${caseId}/rooms?room=own`, a.t('parts.room.caucus'));
    await expect(a.said(whisper)).toBeVisible();
    await step.isReadOnly(a);
    for (const person of [b, m, clerk]) await person.look();
  });
});
