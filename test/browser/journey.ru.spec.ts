import { expect } from '@playwright/test';
import { mendAndResend } from './answers.js';
import { loan } from './disputes.js';
import { another, bringCoMediator } from './guests.js';
import { test } from './house.js';
import { thinkBetter, writeThroughAnOutage } from './outage.js';
import * as step from './steps.js';
import { typeUntilTheEnd } from './typed.js';

const seat = { language: 'ru', width: 1280 } as const;
const whisper = 'Согласен подождать до весны, но говорить об этом первым не хочу.';

test('a lender files in Russian on a desktop, and all confirm one settlement', async ({ stage }) => {
  const a = await stage.visitor(seat, 'lender@example.kz');
  const b = await stage.visitor(seat, loan.other.email!);
  const desk = await stage.staff(seat, 'coordinator');
  const clerk = await stage.staff(seat, 'clerk');

  const caseId = await test.step('file', () => step.file(a, loan, stage));
  await clerk.open('/court', clerk.t('court.title'));
  await test.step('sent back and sent again', () => mendAndResend(a, desk, caseId));
  await test.step('allow', () => step.allow(desk, loan));
  await test.step('join', () => step.join(b, loan, caseId));
  const name = await test.step('offer', () => step.offer(desk, caseId));
  const m = await stage.staff(seat, name);
  await test.step('accept', () => step.accept(m, caseId));
  await test.step('contract', async () => {
    await step.prepareContract(m);
    await step.confirm(a, caseId, 'contract');
    await step.confirm(b, caseId, 'contract');
    await step.proveAndConfirm(m);
    await step.courtReads(clerk, loan, 'IN_MEDIATION');
  });

  await test.step('talk', async () => {
    await bringCoMediator(m, { parties: [a, b], guest: await stage.staff(seat, another(stage, name)), caseId });
    await m.open(`/mediator/cases/${caseId}/notes`, m.t('gatherings.notes.title'));
    await m.open(`/mediator/cases/${caseId}`, /\S/);
    await b.open(`/cases/${caseId}/rooms`, b.t('parts.room.joint'));
    await a.open(`/cases/${caseId}/rooms?room=own`, a.t('parts.room.caucus'));
    await step.write(a, a.t('rooms.label.own'), a.t('rooms.send.own'), whisper);
    await expect(m.said(whisper)).toBeVisible();
    await m.look();
    await thinkBetter(m, whisper);
    await writeThroughAnOutage(stage, seat, { caseId, hears: m });
    await a.open(`/cases/${caseId}/said`, a.t('gatherings.said.title'));
    await a.field(a.t('gatherings.said.words')).fill('весны');
    await a.press(a.t('gatherings.said.search'));
    await expect(a.page.getByText(whisper)).toBeVisible();
    await a.look();
  });

  await test.step('settle', async () => {
    await m.follow(m.t('mediator.settlement.start'));
    await m.arrive(m.t('mediator.settlement.title'));
    await m.choice(m.t('mediator.settlement.full')).check();
    await m.field(m.t('mediator.settlement.kk')).fill('1. Екінші тарап ақшаны 1 наурызға дейін қайтарады.');
    await m.field(m.t('mediator.settlement.ru')).fill('1. Вторая сторона возвращает деньги до 1 марта.');
    await m.press(m.t('mediator.settlement.save'));
    await m.arrive(m.t('papers.settlement'));
    await step.freeze(m);
    await a.open(`/cases/${caseId}/rooms`, a.t('parts.room.joint'));
    await expect(a.page.getByText(a.t('rooms.step.paper', { paper: a.t('papers.settlement') }))).toBeVisible();
    await a.look();
    await step.confirm(a, caseId, 'settlement');
    await step.confirm(b, caseId, 'settlement');
    await step.proveAndConfirm(m);
    await step.courtReads(clerk, loan, 'SETTLED_FULL');
    await a.open(`/cases/${caseId}`, /\S/);
    await expect(a.page.getByText(a.t('states.SETTLED_FULL.name'), { exact: true }).first()).toBeVisible();
    await b.open(`/cases/${caseId}/rooms`, b.t('parts.room.joint'));
    await step.isReadOnly(b);
    await a.pressTwice(a.t('case.toCourt'), a.t('case.toCourt.question'), a.t('case.toCourt.confirm'));
    await step.courtReads(clerk, loan, 'AT_COURT');
    await expect(a.page.getByText(a.t('states.AT_COURT.name'), { exact: true }).first()).toBeVisible();
    for (const person of [b, clerk]) expect(person.received.filter((text) => text.includes(whisper))).toEqual([]);
  });

  await test.step('a form left open until the session ends', () => typeUntilTheEnd(a, b, stage, loan.district));
});
