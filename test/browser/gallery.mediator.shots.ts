import { expect } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { shootRoom as shoot } from './camera.js';
import { test } from './house.js';
import { believable, paste, talk, voiceOf } from './pictures.js';

for (const language of ['kk', 'ru'] as const)
  test(`a mediator's day and workbench, in ${language}`, async ({ stage }) => {
    const words = talk[language];
    const world = await believable(stage);
    const [a, b] = [await world.sit(world.a, { language, width: 360 }), await world.sit(world.b, { language, width: 360 })];
    const m = await world.sit(world.mediator, { language, width: 1280 });
    const { t, page } = m;
    const bench = `/mediator/cases/${world.caseId}`;
    await m.open(bench, /\S/);
    await shoot(m, '20-workbench-not-open');
    await world.openRooms();
    const [her, his, led] = [await voiceOf(a, world, stage), await voiceOf(b, world, stage), await voiceOf(m, world, stage)];
    await world.admin(`INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, 'MEDIATION_TERM', now(), $3)`, [
      newId(),
      world.caseId,
      new Date(Date.now() + 47 * 3_600_000),
    ]);
    await m.open(bench, /\S/);
    await expect(m.field(t('rooms.label.A'))).toBeVisible();
    await page.waitForLoadState('networkidle');
    await shoot(m, '21-workbench-empty');
    await led.say(null, words.greeting);
    await led.say(null, words.question);
    await her.say(null, words.a);
    await his.say(null, words.b);
    await led.say('A', words.toA);
    await her.say('A', words.fromA);
    await m.open('/mediator', t('mediator.title'));
    await page.waitForLoadState('networkidle');
    await shoot(m, '22-today');

    await m.open(bench, /\S/);
    await expect(m.said(words.fromA)).toBeVisible();
    await m
      .said(words.fromA)
      .getByRole('button', { name: t('rooms.acts') })
      .click();
    await m.field(t('rooms.label.B')).fill(words.toB);
    await m.press(t('rooms.send.B'));
    await expect(m.said(words.toB).first()).toContainText(t('rooms.held'));
    await page.setViewportSize({ width: 360, height: 740 });
    await m.follow(t('rooms.tab.B'));
    await page.setViewportSize({ width: 1280, height: 900 });
    await shoot(m, '23-workbench-undo');
    if (await page.getByRole('button', { name: t('rooms.held.undo') }).isVisible()) await m.press(t('rooms.held.undo'));
    await page.setViewportSize({ width: 360, height: 740 });
    await m.follow(t('rooms.tab.joint'));
    await page.setViewportSize({ width: 1280, height: 900 });
    await paste(m, t('rooms.label.both'), words.fromA);
    await expect(page.getByRole('alert')).toBeVisible();
    await shoot(m, '24-workbench-paste');
    await m.press(t('rooms.paste.remove'));
    const joint = page.getByRole('region', { name: t('parts.room.joint') });
    await joint.getByRole('button', { name: t('rooms.hand.pause') }).click();
    await expect(page.getByText(t('rooms.paused.own')).first()).toBeVisible();
    await shoot(m, '25-workbench-paused');
    await joint.getByRole('button', { name: t('rooms.hand.open') }).click();
    await joint.getByRole('button', { name: t('rooms.hand.close') }).click();
    await joint.getByRole('button', { name: t('rooms.hand.sure') }).click();
    await expect(page.getByText(t('rooms.closed.byMediator')).first()).toBeVisible();
    await shoot(m, '26-workbench-closed');
    await m.open(`${bench}/notes`, /\S/);
    await shoot(m, '27-notes');
    await m.open(`${bench}/people`, /\S/);
    await shoot(m, '28-people');
    for (const person of [a, b, m]) await person.page.context().close();
    await world.close();
  });
