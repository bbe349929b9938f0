import { expect } from '@playwright/test';
import pg from 'pg';
import { openSession } from '../support/mediation.js';
import type { Stage } from './house.js';
import type { Person } from './person.js';

type Seat = Parameters<Stage['visitor']>[0];
const words = ['Связи нет, пишу первым.', 'И вторым, пока её нет.'] as const;

/**
 * A party on a second device, which is her own, while nothing she writes gets through: told so in words, kept on the device as no words,
 * still there after a reload, sent in order when the line is back, and nothing left when she signs out.
 */
export async function writeThroughAnOutage({ house, visitor }: Stage, seat: Seat, { caseId, hears }: { caseId: string; hears: Person }) {
  const her = await secondDevice({ house, visitor }, seat, caseId);
  const { page, t } = her;
  let isCut = false;
  await page.routeWebSocket(/socket\.io/, (socket) => (isCut ? void socket.close() : void socket.connectToServer()));
  await page.route(/\/api\/rooms\/[^/]+\/messages$/, (route) =>
    isCut && route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  isCut = true;
  await her.open(`/cases/${caseId}/rooms`, t('parts.room.joint'));
  for (const text of words) {
    await her.field(t('rooms.label.joint')).fill(text);
    await her.press(t('rooms.send.joint'));
    await expect(her.said(text)).toContainText(t('rooms.waiting.offline'));
    await expect(her.said(text)).toContainText(t('rooms.kept'));
    await expect(her.said(text).getByText(t('rooms.kept'))).toBeInViewport({ ratio: 1 }); // what grew after it was written, too
  }
  await her.field(t('rooms.label.joint')).fill('Черновик');
  await expect.poll(() => records(her)).toBe(3);
  await her.look();
  await page.reload();
  for (const text of words) await expect(her.said(text)).toBeVisible();
  await expect(her.field(t('rooms.label.joint'))).toHaveValue('Черновик');
  isCut = false;
  for (const text of words) await expect(hears.said(text).first()).toBeVisible();
  const heard = (await hears.page.getByRole('listitem').allInnerTexts()).filter((one) => words.some((text) => one.includes(text)));
  expect(heard.map((one) => words.findIndex((text) => one.includes(text)))).toEqual([0, 1]);
  await expect.poll(() => records(her)).toBe(1); // the draft alone
  await page.goto('/profile');
  await her.press(t('parts.signOut'));
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await page.goBack();
  await expect(page.getByText('Черновик')).toHaveCount(0);
  await page.context().close();
}

/**
 * A mediator writes to the second side alone what was meant for somebody else: taken back by the keyboard before it is said. And what was
 * copied out of a private room is not pasted into the joint one without a word.
 */
export async function thinkBetter(m: Person, whisper: string) {
  const { t, page } = m;
  await page.keyboard.press('Alt+Shift+Digit3');
  await expect(m.field(t('rooms.label.B'))).toBeFocused();
  await page.keyboard.type('Не туда');
  await page.keyboard.press('Control+Enter');
  await expect(m.said('Не туда')).toContainText(t('rooms.held'));
  await m.look();
  await page.keyboard.press('Alt+Shift+KeyZ');
  await expect(m.said('Не туда')).toHaveCount(0);
  await expect(m.field(t('rooms.label.B'))).toHaveValue('Не туда');
  await m.field(t('rooms.label.B')).fill('');
  await m.field(t('rooms.label.both')).evaluate((field, text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, whisper);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('button', { name: t('rooms.send.both') })).toHaveAttribute('aria-disabled', 'true');
  await m.look();
  await m.press(t('rooms.paste.remove'));
  await expect(page.getByRole('alert')).toHaveCount(0);
}

/** Sends what stands in the field as if it were yesterday: in one breath, as a reply from the cabinet would put the page's clock right again. */
export const sendYesterday = ({ page }: Person, name: string) =>
  page.getByRole('button', { name, exact: true }).evaluate((button: HTMLElement) => {
    Date.now = () => new Date().getTime() - 26 * 3_600_000;
    button.click();
  });

/** The other side's own device: a session of its own, of which its owner said that nobody else uses it. */
async function secondDevice({ house, visitor }: Pick<Stage, 'house' | 'visitor'>, seat: Seat, caseId: string): Promise<Person> {
  const client = new pg.Client({ connectionString: house.adminUrl });
  await client.connect();
  const admin = async (sql: string, values: unknown[] = []) => (await client.query<{ id: string }>(sql, values)).rows;
  const [party] = await admin(`SELECT person_id AS id FROM parties WHERE case_id = $1 AND side = 'B'`, [caseId]);
  const { cookie, sessionId } = await openSession(admin, { id: party!.id, role: 'citizen' }, new Date().toISOString());
  await admin('UPDATE sessions SET own_device = true WHERE id = $1', [sessionId]);
  await client.end();
  const person = await visitor(seat, 'second-device@example.kz');
  await person.page.context().addCookies([{ name: 'kelisim', value: cookie.slice(cookie.indexOf('=') + 1), url: house.origin }]);
  return person;
}

/** How many things lie on the device; none of them can be read there. */
async function records({ page }: Person): Promise<number> {
  const kept = await page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => request.addEventListener('success', () => resolve(request.result)));
    if (!(await indexedDB.databases()).some(({ name }) => name === 'kelisim')) return [];
    const database = await asked(indexedDB.open('kelisim'));
    const all = (await asked(database.transaction('kept').objectStore('kept').getAll())) as { words: ArrayBuffer }[];
    database.close();
    return all.map(({ words: sealed }) => new TextDecoder().decode(sealed));
  });
  for (const text of [...words, 'Черновик']) expect(kept.join()).not.toContain(text);
  return kept.length;
}
