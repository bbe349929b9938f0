import { expect } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { generate } from 'otplib';
import type { RoomView } from '#contract';
import { mediationOf } from './arranged.js';
import { test } from './house.js';
import { faultsOf } from './look.js';
import { pressOn, tabTo, typeIn } from './keys.js';
import type { Person } from './person.js';
import { treeOf } from './tree.js';

const whisper = 'Соглашусь на половину.';

test('a whole mediation by keyboard alone, read aloud with room and author', async ({ stage }) => {
  const account = [...stage.house.accounts.values()].findLast(({ role }) => role === 'mediator')!;
  const m = await stage.visitor({ language: 'ru', width: 1280 }, account.login);
  const { t, page } = m;
  await test.step('signs in', async () => {
    await m.open('/sign-in/password', t('auth.password.title'));
    await typeIn(page, m.field(t('auth.contact')), account.login);
    await typeIn(page, m.field(t('auth.password')), account.password);
    await page.keyboard.press('Enter');
    await m.arrive(t('auth.second.title'));
    const epoch = Math.floor(stage.house.now().getTime() / 1000);
    await typeIn(page, m.field(t('auth.code.label')), await generate({ secret: account.totpSecret, epoch }));
    await page.keyboard.press('Enter');
    await m.arrive(t('mediator.title'));
  });
  const { session } = (await (await page.request.get('/api/sessions/current')).json()) as { session: { person: { id: string } } };
  const world = await mediationOf(stage, { mediator: { id: session.person.id, role: 'mediator' } });
  await world.openRooms();
  const a = await world.sit(world.a, { language: 'kk', width: 360 });
  const far = await mediationOf(stage, { mediator: { id: session.person.id, role: 'mediator' } });
  for (const [hours, { caseId }] of [
    [47, world],
    [49, far],
  ] as const)
    await world.admin(`INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, 'MEDIATION_TERM', now(), $3)`, [
      newId(),
      caseId,
      new Date(Date.now() + hours * 3_600_000),
    ]);

  await test.step('opens the case from the day’s page, which says what waits in which room, what ends within 48 hours and nothing else', async () => {
    const { id } = (await roomsOf(a, world.caseId)).find(({ kind }) => kind === 'joint')!;
    const greeting = { clientId: newId(), body: 'Сәлеметсіз бе' };
    await a.page.request.post(`/api/rooms/${id}/messages`, { headers: { origin: stage.house.origin }, data: greeting });
    await page.reload();
    await m.arrive(t('mediator.title'));
    await expect(page.getByText(t('parts.room.joint')).filter({ hasText: t('parts.room.unread', { count: 1 }) })).toBeVisible();
    const soon = page.getByRole('region', { name: t('mediator.soon') });
    await expect(soon.locator(`a[href="/mediator/cases/${world.caseId}"]`)).toHaveCount(1);
    await expect(page.locator(`a[href="/mediator/cases/${far.caseId}"]`).first()).toBeVisible();
    await expect(soon.locator(`a[href="/mediator/cases/${far.caseId}"]`)).toHaveCount(0);
    await pressOn(page, page.locator(`a[href="/mediator/cases/${world.caseId}"]`).last());
    await expect(m.field(t('rooms.label.A'))).toBeVisible();
    await m.look();
  });

  await test.step('what she has not read yet begins above, and one press leads there', async () => {
    const { id } = (await roomsOf(m, world.caseId)).find(({ kind, side }) => kind === 'caucus' && side === 'A')!;
    for (let at = 1; at <= 25; at += 1)
      await page.request.post(`/api/rooms/${id}/messages`, {
        headers: { origin: stage.house.origin },
        data: { clientId: newId(), body: `Жолдау ${at}` },
      });
    await a.open(`/cases/${world.caseId}/rooms?room=own`, a.t('parts.room.caucus'));
    await expect(a.said('Жолдау 25')).toBeInViewport();
    const line = a.page.locator('[data-new]');
    await expect(line).not.toBeInViewport();
    await a.press(a.t('rooms.new.first'));
    await expect(line).toBeInViewport();
    await expect(a.said('Жолдау 1').first()).toBeInViewport();
    await expect(a.page.getByRole('button', { name: a.t('rooms.new.first') })).toHaveCount(0);
    await a.look();
  });

  await test.step('each of her rooms has a draft of its own', async () => {
    await a.field(a.t('rooms.label.own')).fill('жеке жоба');
    await a.follow(a.t('parts.room.joint'));
    await expect(a.field(a.t('rooms.label.joint'))).toHaveValue('');
    await a.follow(a.t('rooms.tab.own'));
    await expect(a.field(a.t('rooms.label.own'))).toHaveValue('жеке жоба');
    await a.field(a.t('rooms.label.own')).fill('');
  });

  await test.step('the list of keys stands under the rooms, and the keys do what it says', async () => {
    for (const [digit, way] of [
      [1, 'A'],
      [2, 'both'],
      [3, 'B'],
    ] as const) {
      await expect(page.getByText(`Alt + Shift + ${digit}`)).toBeVisible();
      await page.keyboard.press(`Alt+Shift+Digit${digit}`);
      await expect(m.field(t(`rooms.label.${way}`))).toBeFocused();
    }
  });

  await test.step('a party writes to him alone, and he hears of it', async () => {
    await a.open(`/cases/${world.caseId}/rooms?room=own`, a.t('parts.room.caucus'));
    await typeIn(a.page, a.field(a.t('rooms.label.own')), whisper);
    await a.page.keyboard.press('Control+Enter');
    await expect(a.field(a.t('rooms.label.own'))).toBeFocused();
    await expect(m.said(whisper)).toBeVisible();
    const { polite, names, describes } = await treeOf(page);
    const author = (
      await world.admin<{ name: string }>(`SELECT surname || ' ' || given AS name FROM persons WHERE id = $1`, [world.a.id])
    )[0]!.name;
    expect(polite).toContain(t('rooms.announce', { room: t('rooms.caucus.A'), author, text: whisper }));
    expect(names('region')).toEqual(expect.arrayContaining([t('rooms.caucus.A'), t('parts.room.joint'), t('rooms.caucus.B')]));
    expect(names('button')).toEqual(expect.arrayContaining([t('rooms.send.A'), t('rooms.send.both'), t('rooms.send.B')]));
    expect(names('list')).toEqual(expect.arrayContaining([t('rooms.messages', { room: t('rooms.caucus.A') })]));
    for (const side of ['A', 'B', 'both'] as const) expect(describes(t(`rooms.label.${side}`))).toContain(t(`rooms.will.${side}`));
  });

  await test.step('he asks to share it, she agrees in two steps, and all hear it in the joint room', async () => {
    const said = m.said(whisper);
    await pressOn(page, said.getByRole('button', { name: t('rooms.acts') }));
    await pressOn(page, said.getByRole('button', { name: t('rooms.release.ask') }));
    const card = a.page.getByRole('region', { name: a.t('rooms.release.title') });
    await expect(card).toBeVisible();
    await a.look();
    await pressOn(a.page, card.getByRole('button', { name: a.t('rooms.release.yes') }));
    await expect(card.getByRole('button', { name: a.t('rooms.release.share') })).toBeFocused();
    await a.page.keyboard.press('Enter');
    await expect(m.said(whisper)).toHaveCount(2);
    await expect(a.page.locator(':focus')).toHaveCount(1);
  });

  await test.step('a pause and its end, each one press; then she leaves in two', async () => {
    const joint = page.getByRole('region', { name: t('parts.room.joint') });
    await pressOn(page, joint.getByRole('button', { name: t('rooms.hand.pause') }));
    await tabTo(page, joint.getByRole('button', { name: t('rooms.hand.open') }));
    await m.look();
    await page.keyboard.press('Enter');
    await expect(joint.getByRole('button', { name: t('rooms.hand.pause') })).toBeVisible();
    await pressOn(a.page, a.page.getByRole('button', { name: a.t('case.leave'), exact: true }));
    await pressOn(a.page, a.page.getByRole('button', { name: a.t('case.leave.confirm'), exact: true }));
    await expect(a.page.getByText(a.t('rooms.closed'))).toBeVisible();
    await expect(m.field(t('rooms.label.A'))).toHaveCount(0);
  });
  for (const person of [a, m]) await person.page.context().close();
  for (const one of [world, far]) await one.close();
});

const roomsOf = async ({ page }: Person, caseId: string) =>
  (await (await page.request.get(`/api/cases/${caseId}/rooms`)).json()) as RoomView[];

/** The looks a reader may choose, and what the system asks for: each state is looked at plainly and in one of them, in turn. */
const looks = [['hc-dark', '2'], ['hc-light', '2'], ['blue', '1.5'], null] as const; // prettier-ignore
let turn = 0;
async function lookEverywhere(person: Person, state: string) {
  const { page } = person;
  await test.step(state, async () => {
    await person.look();
    if (page.url().includes('/rooms')) await expect(page.locator('a[href="#help"]'), 'help, in the same place').toBeVisible();
    const look = looks[(turn += 1) % looks.length];
    if (look) {
      const set = (to: readonly string[]) =>
        page.evaluate(([theme, size]) => Object.assign(document.documentElement.dataset, { theme, size }), to);
      await set(look);
      await person.look();
      expect.soft(await page.evaluate(cutOff), `${state} in ${look.join(' ')}`).toEqual([]);
      await set(['', '']);
    } else {
      await page.emulateMedia({ forcedColors: 'active' });
      await person.look();
      await page.emulateMedia({ forcedColors: 'none' });
    }
  });
}

/** Runs in the page: words that do not fit where they stand, and can't be scrolled to. */
function cutOff(): string[] {
  return [...document.querySelectorAll<HTMLElement>('main *')]
    .filter((node) => node.childElementCount === 0 && node.textContent?.trim() && !node.closest('.vh, [aria-hidden]'))
    .filter((node) => ['hidden', 'clip'].includes(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth + 1)
    .map((node) => node.textContent!.slice(0, 60));
}

test('every state of a room: nothing to complain of in any look, and said in words', async ({ stage }) => {
  const world = await mediationOf(stage);
  const a = await world.sit(world.a, { language: 'kk', width: 360 });
  const m = await world.sit(world.mediator, { language: 'ru', width: 1280 });
  const rooms = `/cases/${world.caseId}/rooms`;
  const { t, page } = a;
  const seen = (text: string) => expect(page.getByText(text).first()).toBeVisible();

  await a.open(rooms, t('rooms.none.title'));
  await lookEverywhere(a, 'not open yet');
  await world.openRooms();

  await page.route(/\/api\/rooms\/[^/]+\/messages/, (route) => route.fulfill({ status: 500, body: '{}' }));
  let hasSocket = false;
  await page.routeWebSocket(/socket\.io/, (socket) => (hasSocket ? void socket.connectToServer() : void socket.close()));
  await a.open(rooms, t('parts.room.joint'));
  await seen(t('rooms.line.down'));
  await lookEverywhere(a, 'error');
  hasSocket = true;
  await page.unroute(/\/api\/rooms\/[^/]+\/messages/);

  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  await page.route(/\/api\/rooms\/[^/]+\/messages/, async (route) => {
    await gate;
    await route.continue();
  });
  await a.open(rooms, t('parts.room.joint'));
  await seen(t('parts.waiting'));
  await lookEverywhere(a, 'loading');
  go();

  await seen(t('rooms.empty'));
  await lookEverywhere(a, 'empty');

  await page.context().setOffline(true);
  await a.field(t('rooms.label.joint')).fill('Байланыссыз');
  await a.press(t('rooms.send.joint'));
  await seen(t('rooms.line.down'));
  await lookEverywhere(a, 'offline');
  await page.context().setOffline(false);
  await expect(page.getByText(t('rooms.waiting'))).toHaveCount(0);

  await test.step('what was said last can be read before the program has come; then the room itself takes its place', async () => {
    const { page: before } = await world.sit(world.a, { language: 'kk', width: 360 });
    let come: () => void = () => undefined;
    const program = new Promise<void>((resolve) => (come = resolve));
    await before.route(/assets\/(index|cabinet)-.*\.js$/, (route) => program.then(() => route.continue()));
    await before.goto(rooms, { waitUntil: 'commit' });
    await expect(before.locator('#early')).toContainText('Байланыссыз');
    await expect(before.locator('#root [data-passed]')).toBeVisible();
    const early = before.getByLabel(t('rooms.label.joint'), { exact: true });
    const write = async (text: string) => {
      await early.fill(text);
      await before.getByRole('button', { name: t('rooms.send.joint'), exact: true }).click();
    };
    const item = (text: string) => before.locator('#early li').filter({ hasText: text });
    await write('Бағдарламасыз');
    await expect(item('Бағдарламасыз')).toContainText(t('rooms.sent'));
    await before.route(/\/api\/rooms\/[^/]+\/messages$/, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await write('Үзілген');
    await expect(item('Үзілген')).toContainText(t('rooms.waiting.offline'));
    await early.fill('Жарым сөз');
    await early.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 5));
    expect.soft(await faultsOf(before)).toEqual([]);
    await before.unroute(/\/api\/rooms\/[^/]+\/messages$/);
    come();
    await expect(before.locator('#early')).toHaveCount(0);
    const field = before.getByLabel(t('rooms.label.joint'), { exact: true });
    await expect(field).toHaveValue('Жарым сөз');
    await expect(field).toBeFocused();
    expect(await field.evaluate(({ selectionStart }: HTMLTextAreaElement) => selectionStart)).toBe(5);
    for (const text of ['Бағдарламасыз', 'Үзілген']) await expect(a.said(text)).toHaveCount(1);
    await expect(before.getByText(t('rooms.waiting'))).toHaveCount(0);
    await field.fill('');
    await before.context().clearCookies();
    await before.goto(rooms, { waitUntil: 'load' });
    await expect(before).toHaveURL(/sign-in/);
    await expect(before.getByText('Байланыссыз')).toHaveCount(0);
    await before.context().close();
  });

  await m.open(`/mediator/cases/${world.caseId}`, /\S/);
  const joint = m.page.getByRole('region', { name: m.t('parts.room.joint') });
  await joint.getByRole('button', { name: m.t('rooms.hand.pause') }).click();
  await seen(t('rooms.paused'));
  await lookEverywhere(a, 'paused');
  await lookEverywhere(m, 'paused, at the workbench');
  await joint.getByRole('button', { name: m.t('rooms.hand.open') }).click();
  await joint.getByRole('button', { name: m.t('rooms.hand.close') }).click();
  await joint.getByRole('button', { name: m.t('rooms.hand.sure') }).click();
  await seen(t('rooms.closed.byMediator'));
  await lookEverywhere(a, 'closed');

  const apart = await mediationOf(stage, { shuttle: 'required' });
  await apart.openRooms();
  const b = await apart.sit(apart.b, { language: 'ru', width: 360 });
  await b.open(`/cases/${apart.caseId}/rooms`, b.t('parts.room.caucus'));
  await expect(b.page.getByText(b.t('parts.room.joint'))).toHaveCount(0);
  await lookEverywhere(b, 'shuttle');

  await b.page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await b.page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((node) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(node);
        return Number.parseFloat(transitionDuration) > 0.01 || (animationName !== 'none' && Number.parseFloat(animationDuration) > 0.01);
      }).length,
  );
  expect(moving, 'what moves though nothing should').toBe(0);
  for (const person of [a, b, m]) await person.page.context().close();
  for (const one of [world, apart]) await one.close();
});
