import { expect, type Page } from '@playwright/test';
import { timeInWords } from '#language';
import { mediationOf } from './arranged.js';
import { test } from './house.js';
import { sendYesterday } from './outage.js';
import { Person } from './person.js';

const kk = { language: 'kk', width: 360 } as const;
const ru = { language: 'ru', width: 1280 } as const;

/** No message of this page gets through; everything else does. */
async function cut(page: Page) {
  let isCut = true;
  await page.routeWebSocket(/socket\.io/, (socket) => (isCut ? void socket.close() : void socket.connectToServer()));
  await page.route(/\/api\/rooms\/[^/]+\/messages$/, (route) =>
    isCut && route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  return { mend: () => (isCut = false) };
}

/** How many sealed records lie on the device. */
const kept = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => request.addEventListener('success', () => resolve(request.result)));
    if (!(await indexedDB.databases()).some(({ name }) => name === 'kelisim')) return 0;
    const database = await asked(indexedDB.open('kelisim'));
    const count = await asked(database.transaction('kept').objectStore('kept').count());
    database.close();
    return count;
  });

test('two tabs of one person, a clock that is off, a full device, an end from elsewhere: nothing is lost without a word', async ({
  stage,
}) => {
  const world = await mediationOf(stage);
  await world.openRooms();
  const rooms = `/cases/${world.caseId}/rooms`;
  const a = await world.sit(world.a, kk, true);
  const m = await world.sit(world.mediator, ru);
  const { t } = a;
  const write = async (person: Person, text: string) => {
    await person.field(t('rooms.label.joint')).fill(text);
    await person.press(t('rooms.send.joint'));
    await expect(person.said(text)).toContainText(t('rooms.waiting.offline'));
  };
  await m.open(`/mediator/cases/${world.caseId}`, /\S/);

  await test.step('each tab sends its own; what a closed one left is sent by the other, once', async () => {
    const other = new Person(await a.page.context().newPage(), 'kk', a.contact, stage.house.inbox, a.look);
    const lines = [await cut(a.page), await cut(other.page)];
    await a.open(rooms, t('parts.room.joint'));
    await other.page.goto(rooms);
    await write(other, 'екінші бет');
    await write(a, 'бірінші бет');
    await a.field(t('rooms.label.joint')).fill('бірінші беттің жазбасы');
    await other.field(t('rooms.label.joint')).fill('екінші беттің жазбасы');
    await expect(a.said('екінші бет')).toHaveCount(0);
    await other.page.waitForTimeout(800);
    await other.page.close();
    await expect(async () => {
      await a.page.evaluate(() => window.dispatchEvent(new Event('online'))); // the browser lets go of a closed tab in its own time
      await expect(a.said('екінші бет')).toContainText(t('rooms.waiting'), { timeout: 1_000 });
    }).toPass();
    await expect(a.field(t('rooms.label.joint'))).toHaveValue('бірінші беттің жазбасы');
    for (const { mend } of lines) mend();
    for (const text of ['бірінші бет', 'екінші бет']) await expect(m.said(text)).toHaveCount(1);
    await a.field(t('rooms.label.joint')).fill('');
    await a.page.unrouteAll();
  });

  await test.step('a device whose clock is three hours ahead shows the cabinet’s hours, and still lets a message be changed', async () => {
    const page = await a.page.context().newPage();
    await page.addInitScript(() => {
      const ahead = 3 * 3_600_000;
      const Real = Date;
      const shifted = class extends Real {
        constructor(...given: [] | [number]) {
          super(...((given.length > 0 ? given : [Real.now() + ahead]) as [number]));
        }
        static override now = () => Real.now() + ahead;
      };
      globalThis.Date = shifted as DateConstructor;
    });
    const off = new Person(page, 'kk', a.contact, stage.house.inbox, a.look);
    const line = await cut(page);
    await page.goto(rooms);
    await write(off, 'сағат қате');
    const about = [0, 60_000].map((past) => timeInWords(new Date(Date.now() - past)));
    const shown = await off.said('сағат қате').locator('time').innerText();
    expect(about).toContain(shown);
    line.mend();
    await expect(m.said('сағат қате')).toBeVisible();
    await off
      .said('сағат қате')
      .getByRole('button', { name: t('rooms.acts') })
      .click();
    await expect(off.said('сағат қате').getByRole('button', { name: t('rooms.edit') })).toBeVisible();
    await expect(page.getByText(t('rooms.today'))).toBeVisible();
    await page.close();
  });

  await test.step('what does not fit on the device is said not to', async () => {
    await a.page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await a.field(t('rooms.label.joint')).fill('сыймайды');
    await expect(a.page.getByText(t('rooms.full'))).toBeVisible();
    await a.look();
    await a.page.reload();
  });

  await test.step('what a day has passed over is told of on every page, and in its room', async () => {
    await cut(a.page);
    await a.page.reload();
    await a.field(t('rooms.label.joint')).fill('кешегі');
    await sendYesterday(a, t('rooms.send.joint'));
    await expect(a.said('кешегі')).toContainText(t('rooms.waiting.offline'));
    await a.page.goto('/cases');
    await expect(a.page.getByText(t('rooms.unsent.open'))).toBeVisible();
    await a.look();
    await a.follow(t('rooms.unsent.open'));
    await expect(a.said('кешегі')).toContainText(t('rooms.waiting'));
    await expect(a.said('кешегі')).toContainText(t('rooms.unsent.since', { when: '' }).trim());
    await a.look();
  });

  await test.step('another role is another session with another key: what waits goes along', async () => {
    await world.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'council', now())`, [world.a.id]);
    await a.page.goto('/role');
    await a.press(t('common.role.council'));
    await expect(a.page).not.toHaveURL(/role$/);
    await a.page.goto('/role');
    await a.press(t('common.role.citizen'));
    await expect(a.page).toHaveURL(/cases$/);
    await a.page.goto(rooms);
    await expect(a.said('кешегі')).toContainText(t('rooms.waiting'));
  });

  await test.step('a session that is ended from elsewhere leaves nothing behind, at once, and says so, also without a socket', async () => {
    await a.field(t('rooms.label.joint')).fill('жарым сөз');
    await a.page.unrouteAll();
    await a.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(a.page.getByText(t('rooms.waiting'))).toHaveCount(0);
    await world.admin('UPDATE sessions SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL', [world.a.id, new Date()]);
    await expect(a.page).toHaveURL(/sign-in/);
    await expect(a.page.getByText(t('parts.ended.lost'))).toBeVisible();
    await a.look();
    await expect.poll(() => a.page.evaluate(async () => (await indexedDB.databases()).length + (await caches.keys()).length)).toBe(0);
    await a.page.goBack();
    await expect(a.page.getByText('жарым сөз')).toHaveCount(0);
  });

  await test.step('another person who signs in on the same browser finds nothing of her: not on the page, not on the device', async () => {
    await world.enter(a, world.a, true);
    const line = await cut(a.page);
    await a.open(rooms, t('parts.room.joint'));
    await write(a, 'бөтенге емес');
    await a.field(t('rooms.label.joint')).fill('жазылып жатқан');
    await expect.poll(() => kept(a.page)).toBe(2);
    await world.enter(a, world.b, true);
    await world.admin('UPDATE sessions SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL', [world.a.id, new Date()]);
    await a.page.evaluate(() => window.dispatchEvent(new Event('online')));
    line.mend();
    await a.page.goto(rooms);
    await a.arrive(t('parts.room.joint'));
    await expect(a.field(t('rooms.label.joint'))).toHaveValue('');
    await expect(a.page.getByText('бөтенге емес')).toHaveCount(0);
    await expect.poll(() => kept(a.page)).toBe(0);
    await expect(m.said('бөтенге емес')).toHaveCount(0);
  });
  for (const person of [a, m]) await person.page.context().close();
  await world.close();
});

test('the wrong room: a message taken back in time, words of one room brought into another; and a room closed over a full outbox', async ({
  stage,
}) => {
  const world = await mediationOf(stage);
  await world.openRooms();
  const b = await world.sit(world.b, ru);
  const m = await world.sit(world.mediator, ru);
  const { t } = b;
  await m.open(`/mediator/cases/${world.caseId}`, /\S/);

  await test.step('the file comes back with the words', async () => {
    const room = m.page.getByRole('region', { name: t('rooms.caucus.A') });
    await room.getByRole('button', { name: t('files.attach') }).click();
    await room.locator('input[type=file]').setInputFiles({ name: 'Смета.pdf', mimeType: 'application/pdf', buffer: paper });
    await expect(room.getByRole('link', { name: 'Смета.pdf' })).toBeVisible();
    await m.field(t('rooms.label.A')).fill('Не туда');
    await m.press(t('rooms.send.A'));
    await expect(m.said('Не туда')).toContainText(t('rooms.held'));
    await m.press(t('rooms.held.undo'));
    await expect(m.field(t('rooms.label.A'))).toHaveValue('Не туда');
    await expect(room.getByRole('link', { name: 'Смета.pdf' })).toBeVisible();
    await expect(m.page.locator(':focus')).toHaveCount(1);
  });

  await test.step('words of one private room go to no other without a warning, however they were brought there', async () => {
    const words = 'Мне хватит и сорока тысяч, но пусть извинится';
    const { page } = m;
    await m.field(t('rooms.label.A')).fill(words);
    await m.press(t('rooms.send.A'));
    await m.press(t('rooms.held.now'));
    await expect(m.said(words)).toContainText(t('rooms.sent'));
    for (const way of ['both', 'B'] as const)
      for (const manner of ['paste', 'drop', 'type'] as const) {
        const [field, send] = [m.field(t(`rooms.label.${way}`)), t(`rooms.send.${way}`)];
        if (manner === 'type') await field.fill(`Она говорит: ${words}.`);
        else await field.evaluate(bring, [manner, words] as const);
        if (manner === 'type') await m.press(send);
        await expect(page.getByRole('alert')).toContainText('первой стороны');
        await expect(page.getByRole('button', { name: send })).toHaveAttribute('aria-disabled', 'true');
        await field.press('Control+Enter');
        await m.press(t('rooms.paste.remove'));
        await expect(page.getByRole('alert')).toHaveCount(0);
        await expect(field).toHaveValue('');
      }
    await expect(m.said(words)).toHaveCount(1);
    await m.field(t('rooms.label.both')).fill(words);
    await m.press(t('rooms.send.both'));
    await m.press(t('rooms.paste.allowed'));
    await m.press(t('rooms.send.both'));
    await expect(m.said(words)).toHaveCount(2);
  });

  await test.step('a page that is open while the cabinet is replaced goes where it was going, in the new one', async () => {
    let isReplaced = false;
    await b.open('/cases', /\S/);
    await b.page.route(/assets\/rooms-page-.*\.js$/, (route) => (isReplaced ? route.continue() : route.fulfill({ status: 404, body: '' })));
    await b.page.route(
      (url) => url.pathname === '/',
      (route) => {
        isReplaced = true;
        return route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/index-new.js"></script>' });
      },
    );
    await b.page.evaluate((path) => {
      history.pushState({}, '', path);
      dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    }, `/cases/${world.caseId}/rooms`);
    await b.arrive(t('parts.room.joint'));
    expect(isReplaced).toBe(true);
    await b.page.unrouteAll();
  });

  await test.step('each message that was late is told of, none is gone', async () => {
    const line = await cut(b.page);
    await b.open(`/cases/${world.caseId}/rooms`, t('parts.room.joint'));
    for (const text of ['раз', 'два']) {
      await b.field(t('rooms.label.joint')).fill(text);
      await b.press(t('rooms.send.joint'));
      await expect(b.said(text)).toContainText(t('rooms.kept.not'));
    }
    const joint = m.page.getByRole('region', { name: t('parts.room.joint') });
    await joint.getByRole('button', { name: t('rooms.hand.close') }).click();
    await joint.getByRole('button', { name: t('rooms.hand.sure') }).click();
    line.mend();
    for (const text of ['раз', 'два']) await expect(b.said(text)).toContainText(t('rooms.refused'));
    await expect(b.page.getByText(t('rooms.closed.byMediator'))).toBeVisible();
    await expect(b.page.getByRole('button', { name: t('rooms.send.joint') })).toHaveCount(0);
    await b.look();
    await b
      .said('раз')
      .getByRole('button', { name: t('rooms.takeBack') })
      .click();
    await expect(b.field(t('rooms.label.joint'))).toHaveValue('раз');
    await expect(m.said('раз')).toHaveCount(0);
  });
  for (const person of [b, m]) await person.page.context().close();
  await world.close();
});

/** Runs in the page: as a hand would bring words there. */
function bring(field: HTMLElement | SVGElement, [manner, words]: readonly ['paste' | 'drop', string]) {
  const data = new DataTransfer();
  data.setData('text/plain', words);
  const how = { bubbles: true, cancelable: true };
  field.dispatchEvent(
    manner === 'paste'
      ? new ClipboardEvent(manner, { ...how, clipboardData: data })
      : new DragEvent(manner, { ...how, dataTransfer: data }),
  );
}

const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n');
