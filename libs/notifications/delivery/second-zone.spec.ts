import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Language, languages } from '#contract';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { Addresses } from '../texts/addresses.js';
import { writeMail } from '../texts/write.js';
import type { Claimed } from './claims.js';
import { addZones } from './second-zone.js';

let [fresh, world]: [FreshDatabase, NoticeWorld] = [] as never;
beforeAll(async () => {
  fresh = await freshDatabase();
  world = await arrangeNotices(fresh);
});
afterAll(() => fresh.drop());

const addresses = new Addresses('https://kelisim.test');
const textOf = (language: Language, at: string, zone?: string) =>
  writeMail({ template: 'meeting.booked', language, values: { at, ...(zone ? { zone } : {}) }, caseId: null, checkCode: 'AB12CD34', isLegal: false }, addresses).text.replaceAll('\u00A0', ' '); // prettier-ignore

it('tells the hour with its zone, and readers abroad their own beside it, over both changes of their clocks', () => {
  const nine = '2026-10-05T04:00:00Z';
  expect(textOf('kk', nine)).toContain('5 қазан, дүйсенбі, 9:00 (Өскемен уақыты, UTC+5)');
  expect(textOf('ru', nine, 'Europe/Berlin')).toContain('9:00 (время Усть-Каменогорска, UTC+5; Berlin: 5 октября, 6:00)');
  expect(textOf('en', nine, 'America/New_York')).toContain('9:00 (Oskemen time, UTC+5; New York: 5 October, 0:00)');
  for (const [day, berlin, newYork] of [
    ['2026-03-06', '5:00', '23:00'], // both on winter time
    ['2026-03-10', '5:00', '0:00'], // New York has changed
    ['2026-03-30', '6:00', '0:00'], // Berlin, too
    ['2026-10-26', '5:00', '0:00'], // Berlin is back
    ['2026-11-02', '5:00', '23:00'], // both
  ] as const) {
    expect(textOf('en', `${day}T04:00:00Z`, 'Europe/Berlin')).toContain(`, ${berlin})`);
    expect(textOf('en', `${day}T04:00:00Z`, 'America/New_York')).toContain(`, ${newYork})`);
  }
  for (const language of languages) expect(textOf(language, nine, 'Asia/Tashkent')).toBe(textOf(language, nine)); // the same clock
});

it('takes the zone that a reader set for notices, else the one of the reader’s own times, and keeps it nowhere', async () => {
  const { ana, boris, judge } = world.people;
  await fresh.admin(`INSERT INTO notice_hours VALUES ($1, 'Asia/Almaty', '21:00', '08:00', $2)`, [ana.id, fresh.clock.now()]);
  for (const [{ id }, zone] of [
    [ana, 'Europe/Berlin'],
    [judge, 'Asia/Almaty'],
  ] as const)
    await fresh.admin(`INSERT INTO availabilities VALUES ($1, $2, '[]', '[]', NULL, $3)`, [id, zone, fresh.clock.now()]);
  await fresh.admin(`INSERT INTO notice_hours VALUES ($1, 'America/New_York', '21:00', '08:00', $2)`, [boris.id, fresh.clock.now()]);
  const noticeTo = ({ id: recipientId }: { id: string }, at?: string) =>
    ({ recipientKind: 'person', recipientId, values: at ? { at } : {}, carried: [] }) as unknown as Claimed;
  const at = '2026-10-05T04:00:00Z';
  const notices = [noticeTo(ana, at), noticeTo(boris, at), noticeTo(judge, at), noticeTo(boris)];
  await fresh.workerDb.transaction({ id: null, role: 'system' }, (tx) => addZones(tx, notices));
  expect(notices.map(({ values }) => values.zone)).toEqual(['Europe/Berlin', 'America/New_York', undefined, undefined]);
  await fresh.admin(`UPDATE notice_hours SET zone = 'Europe/Paris' WHERE person_id = $1`, [ana.id]);
  const again = [noticeTo(ana, at)];
  await fresh.workerDb.transaction({ id: null, role: 'system' }, (tx) => addZones(tx, again));
  expect(again[0]!.values.zone).toBe('Europe/Paris');
});
