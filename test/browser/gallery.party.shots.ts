import { expect } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { shootRoom as shoot } from './camera.js';
import { test } from './house.js';
import { believable, closedGate, paste, talk, voiceOf } from './pictures.js';

const messages = /\/api\/rooms\/[^/]+\/messages/;

for (const language of ['kk', 'ru'] as const) {
  const words = talk[language];
  const phone = { language, width: 360 } as const;

  test(`a party's room before anything is said, in ${language}`, async ({ stage }) => {
    const world = await believable(stage);
    const a = await world.sit(world.a, phone);
    const rooms = `/cases/${world.caseId}/rooms`;
    const { t, page } = a;
    await a.open(rooms, t('rooms.none.title'));
    await shoot(a, '01-not-open');
    await world.openRooms();
    await page.route(messages, (route) => route.fulfill({ status: 500, body: '{}' }));
    await a.open(rooms, t('parts.room.joint'));
    await expect(page.getByText(t('rooms.line.down')).first()).toBeVisible();
    await shoot(a, '02-error');
    await page.unroute(messages);
    const gate = closedGate();
    await page.route(messages, (route) => gate.passed.then(() => route.continue()));
    await a.open(rooms, t('parts.room.joint'));
    await expect(page.getByText(t('parts.waiting')).first()).toBeVisible();
    await shoot(a, '03-loading');
    gate.open();
    await expect(page.getByText(t('rooms.empty'))).toBeVisible();
    await page.waitForLoadState('networkidle');
    await shoot(a, '04-empty');
    await page.context().close();
    await world.close();
  });

  test(`a party's rooms while they are talked in, in ${language}`, async ({ stage }) => {
    const world = await believable(stage);
    await world.openRooms();
    const a = await world.sit(world.a, phone);
    const b = await world.sit(world.b, phone);
    const m = await world.sit(world.mediator, { language, width: 1280 });
    const rooms = `/cases/${world.caseId}/rooms`;
    const { t, page } = a;
    const [her, his, led] = [await voiceOf(a, world, stage), await voiceOf(b, world, stage), await voiceOf(m, world, stage)];

    await led.say(null, words.greeting);
    await led.say(null, words.question);
    const said = await her.say(null, words.a);
    await her.ask('PUT', `/rooms/${her.place(null).id}/edit`, { seq: said.seq, version: said.version ?? 0, body: words.a });
    const slip = await his.say(null, words.bMore);
    await his.ask('PUT', `/rooms/${his.place(null).id}/retraction`, { seq: slip.seq, version: slip.version ?? 0 });
    await his.say(null, words.b, { replyTo: said.id });
    await a.open(rooms, t('parts.room.joint'));
    await expect(a.said(words.b).first()).toBeVisible();
    await page.waitForTimeout(1_000);
    await page.goto('/cases');
    await his.say(null, words.bMore);
    await led.say('A', words.toA);
    await a.open(`/cases/${world.caseId}`, /\S/);
    await page.waitForLoadState('networkidle');
    await shoot(a, '05-case-home');
    await a.open(rooms, t('parts.room.joint'));
    await expect(a.said(words.bMore).last()).toBeVisible();
    await page.waitForLoadState('networkidle');
    await shoot(a, '06-unread');
    await a
      .said(words.a)
      .first()
      .getByRole('button', { name: t('rooms.acts') })
      .click();
    await shoot(a, '07-acts');

    await a.open(`${rooms}?room=own`, t('parts.room.caucus'));
    await a.field(t('rooms.label.own')).fill(words.fromA);
    await a.press(t('rooms.send.own'));
    await expect(a.said(words.fromA)).toContainText(t('rooms.sent'));
    await m.open(`/mediator/cases/${world.caseId}`, /\S/);
    const asked = m.said(words.fromA);
    await asked.getByRole('button', { name: t('rooms.acts') }).click();
    await asked.getByRole('button', { name: t('rooms.release.ask') }).click();
    const card = page.getByRole('region', { name: t('rooms.release.title') });
    await expect(card).toBeVisible();
    await shoot(a, '08-release');
    await card.getByRole('button', { name: t('rooms.release.yes'), exact: true }).click();
    await shoot(a, '09-release-sure');
    await card.getByRole('button', { name: t('rooms.release.no'), exact: true }).click();

    await a.follow(t('parts.room.joint'));
    await paste(a, t('rooms.label.joint'), words.fromA);
    await expect(page.getByRole('alert')).toBeVisible();
    await shoot(a, '10-paste');
    await a.press(t('rooms.paste.remove'));

    const at = (hours: number) => new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + hours * 3_600_000).toISOString();
    const slots = [49, 73].map((hours) => ({ from: at(hours), to: at(hours + 1) }));
    await led.ask('POST', `/cases/${world.caseId}/proposals`, { id: newId(), mode: 'room', slots });
    const contact = `${newId()}@example.kz`;
    const guest = { capacity: 'interpreter', name: 'Айдана Серікқызы', languages: ['kk', 'ru'], contact };
    await led.ask('POST', `/cases/${world.caseId}/guests`, { id: newId(), ...guest });
    await a.open(rooms, t('parts.room.joint'));
    await expect(page.getByRole('heading', { name: t('gatherings.question.guest.interpreter') })).toBeVisible();
    await expect(page.getByRole('link', { name: t('rooms.step.choose') })).toBeVisible();
    await a.press(t('case.leave'));
    await shoot(a, '11-asked-and-leaving');
    await a.press(t('files.attach'));
    const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'Қоршау өлшемі.pdf', mimeType: 'application/pdf', buffer: paper });
    await expect(page.getByRole('link', { name: 'Қоршау өлшемі.pdf' })).toBeVisible();
    await shoot(a, '12-file');

    const posting = closedGate();
    await b.page.route(/messages$/, (route) =>
      route.request().method() === 'POST' ? posting.passed.then(() => route.continue()) : route.continue(),
    );
    await b.page.routeWebSocket(/socket\.io/, (socket) => void socket.close());
    await b.open(rooms, t('parts.room.joint'));
    for (const text of [words.bMore, words.b]) {
      await b.field(t('rooms.label.joint')).fill(text);
      await b.press(t('rooms.send.joint'));
    }
    await m.open(`/mediator/cases/${world.caseId}`, /\S/);
    const joint = m.page.getByRole('region', { name: t('parts.room.joint') });
    await joint.getByRole('button', { name: t('rooms.hand.pause') }).click();
    await expect(page.getByText(t('rooms.paused')).first()).toBeVisible();
    await shoot(a, '13-paused');
    await joint.getByRole('button', { name: t('rooms.hand.open') }).click();
    await joint.getByRole('button', { name: t('rooms.hand.close') }).click();
    await joint.getByRole('button', { name: t('rooms.hand.sure') }).click();
    await expect(page.getByText(t('rooms.closed.byMediator')).first()).toBeVisible();
    await shoot(a, '14-closed');
    posting.open();
    await expect(b.page.getByText(t('rooms.refused')).nth(1)).toBeVisible();
    await shoot(b, '15-closed-over-outbox');
    for (const person of [a, b, m]) await person.page.context().close();
    await world.close();
  });

  test(`a party's room before the program is there, in ${language}`, async ({ stage }) => {
    const world = await believable(stage);
    await world.openRooms();
    const a = await world.sit(world.a, phone);
    const m = await world.sit(world.mediator, { language, width: 1280 });
    const [her, led] = [await voiceOf(a, world, stage), await voiceOf(m, world, stage)];
    await led.say(null, words.greeting);
    await led.say(null, words.question);
    await her.say(null, words.a);
    const gate = closedGate();
    await a.page.route(/assets\/(index|cabinet)-.*\.js$/, (route) => gate.passed.then(() => route.continue()));
    await a.page.goto(`/cases/${world.caseId}/rooms`, { waitUntil: 'commit' });
    await expect(a.page.locator('#early')).toContainText(words.a);
    const field = a.page.getByLabel(a.t('rooms.label.joint'), { exact: true });
    await field.fill(words.aMore);
    await a.page.getByRole('button', { name: a.t('rooms.send.joint'), exact: true }).click();
    await expect(a.page.locator('#early li').filter({ hasText: words.aMore })).toContainText(a.t('rooms.sent'));
    await shoot(a, '18-early');
    gate.open();
    for (const person of [a, m]) await person.page.context().close();
    await world.close();
  });

  test(`a party who does not meet the other, in ${language}`, async ({ stage }) => {
    const apart = await believable(stage, { shuttle: 'default' });
    await apart.openRooms();
    const c = await apart.sit(apart.b, phone);
    const m = await apart.sit(apart.mediator, { language, width: 1280 });
    const led = await voiceOf(m, apart, stage);
    await led.say('B', words.toB);
    await c.open(`/cases/${apart.caseId}/rooms`, c.t('parts.room.caucus'));
    await c.page.waitForLoadState('networkidle');
    await shoot(c, '16-shuttle');
    await led.ask('PUT', `/cases/${apart.caseId}/joint-room`, { asked: true });
    await c.open(`/cases/${apart.caseId}/rooms`, c.t('parts.room.caucus'));
    await c.press(c.t('gatherings.question.meet.yes'));
    await shoot(c, '17-meet');
    for (const person of [c, m]) await person.page.context().close();
    await apart.close();
  });
}
