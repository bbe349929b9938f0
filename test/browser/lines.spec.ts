import { expect } from '@playwright/test';
import type { MessageView, RoomView } from '#contract';
import { scenariosIn } from '../../apps/launcher/src/demo/scenario.js';
import { sitAlone } from './alone.js';
import { mediationOf } from './arranged.js';
import { test } from './house.js';
import type { Person } from './person.js';

const { secrets } = scenariosIn('test/scenarios').find(({ slug }) => slug === '01-fence-on-the-line')!;
const canary = 'канарейка на жёстком диске';
const weak = { bytesPerSecond: 50_000 / 8, delayMs: 600 };

test('three people over lines that are cut and weak: one order, nothing lost or doubled, nothing left on the disk', async ({ stage }) => {
  const world = await mediationOf(stage);
  await world.openRooms();
  const kk = { language: 'kk', width: 360 } as const;
  const ru = { language: 'ru', width: 1280 } as const;
  const [home, work] = [await sitAlone(stage, kk), await sitAlone(stage, ru)];
  const [a, b] = [home.person, work.person];
  await world.enter(a, world.a, true);
  await world.enter(b, world.b);
  const m = await world.sit(world.mediator, ru);
  const rooms = `/cases/${world.caseId}/rooms`;
  const said: string[] = [];
  const say = async (person: Person, text: string, way: 'joint' | 'both' = 'joint') => {
    await person.field(person.t(`rooms.label.${way}`)).fill(text);
    await person.press(person.t(`rooms.send.${way}`));
    said.push(text);
  };

  await test.step('all are there', async () => {
    await a.open(rooms, a.t('parts.room.joint'));
    await b.open(rooms, b.t('parts.room.joint'));
    await m.open(`/mediator/cases/${world.caseId}`, /\S/);
    await say(m, 'Начнём', 'both');
    for (const person of [a, b]) await expect(person.said('Начнём')).toBeVisible();
    await expect.poll(() => filesNotKept(a), { timeout: 30_000 }).toEqual([]);
  });

  await test.step('two lines break, and both go on writing; then one device falls asleep', async () => {
    for (const { wire } of [home, work]) wire.down();
    for (const [person, kept] of [
      [a, 'rooms.kept'],
      [b, 'rooms.kept.not'],
    ] as const)
      // prettier-ignore
      for (const text of [1, 2].map((at) => `${person.language} ${at} байланыссыз`)) {
        await say(person, text);
        await expect(person.said(text)).toContainText(person.t('rooms.waiting'));
        await expect(person.said(text)).toContainText(person.t(kept));
      }
    await a.look();
    await a.follow(a.t('rooms.tab.own'));
    for (const phrase of secrets.A) {
      await a.field(a.t('rooms.label.own')).fill(phrase);
      await a.press(a.t('rooms.send.own'));
      await expect(a.said(phrase)).toContainText(a.t('rooms.kept'));
    }
    await a.field(a.t('rooms.label.own')).fill(secrets.B[0]!);
    await sleep(b);
  });

  await test.step('the installed app opens without a line, and says honestly that it can show nothing', async () => {
    await a.page.waitForTimeout(700); // the draft goes to the device within half a second
    await a.page.reload();
    await a.arrive(a.t('rooms.offline.title'));
    await expect(a.page.getByText(a.t('rooms.offline.unsent', { count: 4 }))).toBeVisible();
    for (const phrase of [...secrets.A, ...said]) await expect(a.page.getByText(phrase)).toHaveCount(0);
    await a.page.evaluate((text) => localStorage.setItem('canary', text), canary);
  });

  await test.step('a second device of hers is quicker', async () => {
    const second = await world.sit(world.a, kk);
    await second.open(rooms, second.t('parts.room.joint'));
    await say(second, 'Басқа құрылғыдан');
    await expect(m.said('Басқа құрылғыдан')).toBeVisible();
    await second.page.context().close();
  });

  await test.step('the lines come back, one of them weak: everything arrives, in one order for all', async () => {
    work.wire.slow(weak.bytesPerSecond, weak.delayMs);
    work.wire.up();
    await wake(b);
    for (const text of said.filter((one) => one.startsWith('ru'))) await expect(m.said(text)).toBeVisible();
    await expect(b.page.getByText(b.t('rooms.waiting'))).toHaveCount(0);
    home.wire.up();
    await a.press(a.t('common.retry'));
    await a.arrive(a.t('parts.room.caucus'));
    await expect(a.field(a.t('rooms.label.own'))).toHaveValue(secrets.B[0]!);
    for (const phrase of secrets.A) await expect(m.said(phrase)).toBeVisible();
    await a.follow(a.t('parts.room.joint'));
  });

  await test.step('a new api is put beside the old one, which goes, and comes; then the other goes: all is said', async () => {
    const other = await stage.house.second();
    for (const { wire } of [home, work]) wire.lead([Number(new URL(stage.house.origin).port), other.port]);
    await say(a, 'Жаңарту алдында');
    await stage.house.kill('api');
    await say(b, 'Пока обновляют');
    await expect(a.said('Пока обновляют')).toBeVisible();
    await other.stop();
    await say(a, 'Жаңартудан кейін');
    await say(m, 'Сервер вернулся', 'both');
    for (const person of [a, b, m]) for (const text of said) await expect(person.said(text)).toBeVisible();
    for (const person of [a, b, m]) await expect(person.page.getByText(person.t('rooms.waiting'))).toHaveCount(0);
    await expect.poll(async () => (await orderOf(world, m)).toSorted()).toEqual([...said].toSorted());
    const order = await orderOf(world, m);
    for (const person of [a, b]) await expect.poll(() => logOf(person, said)).toEqual(order);
    expect(order.filter((text) => text.startsWith('kk'))).toEqual(said.filter((text) => text.startsWith('kk')));
    expect(order.filter((text) => text.startsWith('ru'))).toEqual(said.filter((text) => text.startsWith('ru')));
  });

  await test.step('she signs out on one device: back shows nothing, and nothing lies on its disk', async () => {
    await a.page.goto('/profile');
    await a.press(a.t('parts.signOut'));
    await expect(a.page).toHaveURL(/\/$/);
    await a.page.goBack();
    await expect(a.page.getByRole('heading', { level: 1 })).toBeVisible();
    for (const phrase of [...said, ...secrets.A, ...secrets.B]) await expect(a.page.getByText(phrase)).toHaveCount(0);
    for (const { leave } of [home, work]) await leave();
    expect(home.left(canary), 'the search finds what lies there').not.toEqual([]);
    for (const phrase of [...said, ...secrets.A, ...secrets.B])
      expect.soft([...home.left(phrase), ...work.left(phrase)], phrase).toEqual([]);
    for (const { wipe } of [home, work]) wipe();
  });
  await m.page.context().close();
  await world.close();
});

/** As the lid is closed: nothing of the page runs. */
async function sleep({ page }: Person) {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
  await browser.detach();
}
async function wake({ page }: Person) {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.setWebLifecycleState', { state: 'active' });
  await browser.detach();
}

/** The joint room as the database has it: by seq, whatever a page shows. */
async function orderOf({ admin, caseId }: Awaited<ReturnType<typeof mediationOf>>, { page }: Person): Promise<string[]> {
  const rooms = (await (await page.request.get(`/api/cases/${caseId}/rooms`)).json()) as RoomView[];
  const joint = rooms.find(({ kind }) => kind === 'joint')!.id;
  const { messages } = (await (await page.request.get(`/api/rooms/${joint}/messages?limit=200`)).json()) as { messages: MessageView[] };
  const bodies = new Map(messages.map(({ clientId, body }) => [clientId, body]));
  const rows = (await admin('SELECT seq::int, client_id FROM messages WHERE room_id = $1 ORDER BY seq', [joint])) as {
    seq: number;
    client_id: string;
  }[];
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
  return rows.map(({ client_id }) => bodies.get(client_id) ?? 'unread');
}

/** What a page shows of these, from top to bottom. */
async function logOf(person: Person, texts: string[]): Promise<string[]> {
  const items = await person.page.getByRole('listitem').allInnerTexts();
  return items.flatMap((item) => texts.filter((text) => item.includes(text)));
}

/** What a page needs to open without a line, and is not on the device yet. */
const filesNotKept = ({ page }: Person): Promise<string[]> =>
  page.evaluate(async () => {
    const kept = await (await caches.open('kelisim-shell')).keys();
    const paths = new Set(kept.map(({ url }) => new URL(url).pathname));
    const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
    return ['/', ...loaded.filter((path) => path.startsWith('/assets/'))].filter((path) => !paths.has(path));
  });
