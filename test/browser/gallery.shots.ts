import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@playwright/test';
import { v7 as newId } from 'uuid';
import type { RoomView } from '#contract';
import { mediationOf } from './arranged.js';
import { test } from './house.js';
import type { Person } from './person.js';

const folder = resolve(import.meta.dirname, '../../dist/gallery');
const widths = [360, 1280] as const;
const looks = { light: '', contrast: 'hc-dark' } as const;

/** A picture of the whole page in each width and look. */
async function shoot({ page, language }: Person, state: string) {
  const was = page.viewportSize()!;
  mkdirSync(folder, { recursive: true });
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    for (const [look, theme] of Object.entries(looks)) {
      await page.evaluate((to) => (document.documentElement.dataset['theme'] = to), theme);
      await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
      await page.screenshot({ path: `${folder}/${state}-${language}-${width}-${look}.png`, fullPage: true });
    }
  }
  await page.evaluate(() => (document.documentElement.dataset['theme'] = ''));
  await page.setViewportSize(was);
}

function closedGate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

for (const language of ['kk', 'ru'] as const)
  test(`every state of a room, in ${language}`, async ({ stage }) => {
    const world = await mediationOf(stage);
    const a = await world.sit(world.a, { language, width: 360 });
    const m = await world.sit(world.mediator, { language, width: 1280 });
    const rooms = `/cases/${world.caseId}/rooms`;
    const { t, page } = a;
    const seen = (text: string) => expect(page.getByText(text).first()).toBeVisible();
    const messages = /\/api\/rooms\/[^/]+\/messages/;

    await a.open(rooms, t('rooms.none.title'));
    await shoot(a, '01-not-open');
    await world.openRooms();
    await page.route(messages, (route) => route.fulfill({ status: 500, body: '{}' }));
    await a.open(rooms, t('parts.room.joint'));
    await seen(t('rooms.line.down'));
    await shoot(a, '02-error');
    await page.unroute(messages);
    const gate = closedGate();
    await page.route(messages, (route) => gate.passed.then(() => route.continue()));
    await a.open(rooms, t('parts.room.joint'));
    await seen(t('parts.waiting'));
    await shoot(a, '03-loading');
    gate.open();
    await seen(t('rooms.empty'));
    await page.waitForLoadState('networkidle');
    await shoot(a, '04-empty');

    const mine = (await (await m.page.request.get(`/api/cases/${world.caseId}/rooms`)).json()) as RoomView[];
    const own = mine.find(({ kind, side }) => kind === 'caucus' && side === 'A')!;
    const say = (room: RoomView, body: string) =>
      m.page.request.post(`/api/rooms/${room.id}/messages`, {
        headers: { origin: stage.house.origin },
        data: { clientId: newId(), body },
      });
    for (let at = 1; at <= 12; at += 1) await say(own, `${at}. ${t('rooms.will.A')}`);
    await a.open(`${rooms}?room=own`, t('parts.room.caucus'));
    await expect(a.said(t('rooms.will.A')).last()).toBeVisible();
    await shoot(a, '05-unread');
    await a.field(t('rooms.label.own')).fill(t('rooms.release.sure'));
    await a.press(t('rooms.send.own'));
    await seen(t('rooms.sent'));
    await a
      .said(t('rooms.release.sure'))
      .getByRole('button', { name: t('rooms.acts') })
      .click();
    await shoot(a, '06-acts');

    await m.open(`/mediator/cases/${world.caseId}`, /\S/);
    const asked = m.said(t('rooms.release.sure'));
    await asked.getByRole('button', { name: t('rooms.acts') }).click();
    await asked.getByRole('button', { name: t('rooms.release.ask') }).click();
    const card = page.getByRole('region', { name: t('rooms.release.title') });
    await expect(card).toBeVisible();
    await shoot(a, '07-release');
    await card.getByRole('button', { name: t('rooms.release.yes'), exact: true }).click();
    await shoot(a, '08-release-sure');
    await card.getByRole('button', { name: t('rooms.release.no'), exact: true }).click();

    await m.field(t('rooms.label.B')).fill(t('rooms.paused'));
    await m.press(t('rooms.send.B'));
    await expect(m.said(t('rooms.paused')).first()).toContainText(t('rooms.held'));
    await shoot(m, '09-workbench-undo');
    await m.press(t('rooms.held.undo'));

    const posting = closedGate();
    await page.routeWebSocket(/socket\.io/, (socket) => void socket.close());
    await page.route(/messages$/, (route) =>
      route.request().method() === 'POST' ? posting.passed.then(() => route.abort()) : route.continue(),
    );
    await a.open(`${rooms}?room=own`, t('parts.room.caucus'));
    await a.field(t('rooms.label.own')).fill(t('rooms.unsent.open'));
    await a.press(t('rooms.send.own'));
    await seen(t('rooms.sending'));
    await shoot(a, '10-sending');
    posting.open();
    await seen(t('rooms.waiting.offline'));
    await shoot(a, '11-not-sent');
    await page.context().setOffline(true);
    await a.field(t('rooms.label.own')).fill(t('rooms.unsent.open'));
    await seen(t('rooms.line.down'));
    await shoot(a, '12-offline');
    await page.context().setOffline(false);

    const b = await world.sit(world.b, { language, width: 360 });
    await b.open(rooms, t('parts.room.joint'));
    const joint = m.page.getByRole('region', { name: t('parts.room.joint') });
    await joint.getByRole('button', { name: t('rooms.hand.pause') }).click();
    await expect(b.page.getByText(t('rooms.paused')).first()).toBeVisible();
    await shoot(b, '13-paused');
    await shoot(m, '14-workbench-paused');
    await joint.getByRole('button', { name: t('rooms.hand.open') }).click();
    await joint.getByRole('button', { name: t('rooms.hand.close') }).click();
    await joint.getByRole('button', { name: t('rooms.hand.sure') }).click();
    await expect(b.page.getByText(t('rooms.closed.byMediator')).first()).toBeVisible();
    await shoot(b, '15-closed');

    const d = await world.sit(world.a, { language, width: 360 });
    await d.page.route(/assets\/(index|cabinet)-.*\.js$/, () => undefined);
    await d.page.goto(`${rooms}?room=own`, { waitUntil: 'commit' });
    await expect(d.page.locator('#root [data-passed]')).toBeVisible();
    await shoot(d, '16-opening');
    const apart = await mediationOf(stage, { shuttle: 'required' });
    await apart.openRooms();
    const c = await apart.sit(apart.b, { language, width: 360 });
    await c.open(`/cases/${apart.caseId}/rooms`, t('parts.room.caucus'));
    await c.page.waitForLoadState('networkidle');
    await shoot(c, '17-shuttle');
    await world.admin('UPDATE sessions SET revoked_at = $2 WHERE person_id = $1', [apart.b.id, new Date()]);
    await expect(c.page).toHaveURL(/sign-in/);
    await shoot(c, '18-ended');
    for (const person of [a, b, c, d, m]) await person.page.context().close();
    for (const one of [world, apart]) await one.close();
  });
