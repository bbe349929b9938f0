import { expect } from '@playwright/test';
import { shootRoom as shoot } from './camera.js';
import { test } from './house.js';
import { sendYesterday } from './outage.js';
import { believable, closedGate, cutOff, talk, voiceOf } from './pictures.js';

for (const language of ['kk', 'ru'] as const) {
  const words = talk[language];
  const phone = { language, width: 360 } as const;

  test(`a line that fails and a device that is one's own, in ${language}`, async ({ stage }) => {
    const world = await believable(stage);
    await world.openRooms();
    const rooms = `/cases/${world.caseId}/rooms`;
    const m = await world.sit(world.mediator, { language, width: 1280 });
    const led = await voiceOf(m, world, stage);
    for (const text of [words.greeting, words.question]) await led.say(null, text);
    const a = await world.sit(world.a, phone);
    const { t, page } = a;
    const posting = closedGate();
    await cutOff(page, posting.passed);
    await a.open(rooms, t('parts.room.joint'));
    await a.field(t('rooms.label.joint')).fill(words.a);
    await a.press(t('rooms.send.joint'));
    await expect(a.said(words.a)).toContainText(t('rooms.sending'));
    await shoot(a, '30-sending');
    posting.open();
    await expect(a.said(words.a)).toContainText(t('rooms.kept.not'));
    await shoot(a, '31-not-sent');

    const own = await world.sit(world.a, phone, true);
    await cutOff(own.page);
    await own.open(rooms, t('parts.room.joint'));
    await own.field(t('rooms.label.joint')).fill(words.a);
    await sendYesterday(own, t('rooms.send.joint'));
    await expect(own.said(words.a)).toContainText(t('rooms.kept'));
    await own.field(t('rooms.label.joint')).fill(words.aMore);
    await own.page.waitForTimeout(1_000);
    await own.open('/cases', /\S/);
    await expect(own.page.getByText(t('rooms.unsent.open'))).toBeVisible();
    await shoot(own, '32-unsent-a-day');
    await own.open(rooms, t('parts.room.joint'));
    await expect(own.said(words.a)).toContainText(t('rooms.unsent.since', { when: '' }).trim());
    await shoot(own, '33-unsent-in-room');
    await own.page.route(/\/api\//, (route) => route.abort());
    await own.page.reload();
    await own.arrive(t('rooms.offline.title'));
    await shoot(own, '34-offline');
    await own.page.unroute(/\/api\//);
    await own.open(rooms, t('parts.room.joint'));
    await own.page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await own.field(t('rooms.label.joint')).fill(words.bMore);
    await expect(own.page.getByText(t('rooms.full'))).toBeVisible();
    await shoot(own, '35-full');
    await own.open('/sessions', /\S/);
    await shoot(own, '36-sessions');
    await own.open(rooms, t('parts.room.joint'));
    await own.field(t('rooms.label.joint')).fill(words.aMore);
    await world.admin('UPDATE sessions SET revoked_at = $2 WHERE person_id = $1 AND own_device', [world.a.id, new Date()]);
    await expect(own.page).toHaveURL(/sign-in/);
    await shoot(own, '37-ended-while-typing');

    const early = await world.sit(world.a, phone);
    await early.page.route(/assets\/(index|cabinet)-.*\.js$/, () => undefined);
    await early.page.goto(rooms, { waitUntil: 'commit' });
    await expect(early.page.locator('#root [data-passed]')).toBeVisible();
    await shoot(early, '38-opening');
    for (const person of [a, own, early, m]) await person.page.context().close();
    await world.close();
  });

  test(`the door of a device, in ${language}`, async ({ stage }) => {
    const account = [...stage.house.accounts.values()].find(({ role }) => role === 'mediator')!;
    const m = await stage.visitor(phone, account.login);
    const { t, page } = m;
    await m.open('/sign-in', t('auth.title'));
    await m.field(t('auth.contact')).fill('nobody@example.kz');
    await m.press(t('auth.getCode'));
    await expect(page.getByText(t('auth.ownDevice.hint'))).toBeVisible();
    await shoot(m, '40-own-device');
    await m.open('/sign-in/password', t('auth.password.title'));
    await m.field(t('auth.contact')).fill(account.login);
    await m.field(t('auth.password')).fill(account.password);
    await m.press(t('auth.password.enter'));
    await m.arrive(t('auth.second.title'));
    await shoot(m, '41-second-factor');
    await page.context().close();
  });
}
