import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { newId } from '#platform';
import { calendarOn } from '../../test/support/calendar.js';
import { readTwice } from '../../test/support/calendars.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation } from '../../test/support/mediation.js';

let fresh: FreshDatabase;
let house: ReturnType<typeof calendarOn>;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  house = calendarOn(fresh);
});
afterAll(() => fresh.drop());

const nameOf = (address: string) => address.split('/').at(-1)!;
const gone = expect.objectContaining({ code: 'not_found' });
const hour = (day: number) => ({ from: `2026-10-0${day}T05:00:00.000Z`, to: `2026-10-0${day}T06:00:00.000Z` });

async function booked(day: number) {
  const people = await arrangeMediation(fresh);
  const made = await house.calendar.propose(people.mediator, people.caseId, { id: newId(), mode: 'room', slots: [hour(day)] });
  const accepted = made.proposal!.slots.map(({ id }) => id);
  await house.calendar.answer(people.a, made.proposal!.id, accepted);
  return { ...people, schedule: await house.calendar.answer(people.b, made.proposal!.id, accepted) };
}

it('gives one person that person’s hours, and nothing of what they are', async () => {
  const [people, others] = [await booked(5), await booked(6)];
  for (const actor of [people.a, people.mediator]) {
    const { address } = await house.feeds.open(actor);
    expect(address).toMatch(/^https:\/\/kelisim\.test\/api\/calendar-feeds\/[\w-]{43}\.ics$/);
    const text = await house.feeds.read(nameOf(address));
    expect(readTwice(text)).toMatchObject({ method: 'PUBLISH', events: [{ ...hour(5), title: 'Кездесу' }] });
    for (const word of [people.caseId, others.caseId, 'Медетова', 'Борисова']) expect(text).not.toContain(word);
  }
  const { address } = await house.feeds.open(others.other);
  expect(readTwice(await house.feeds.read(nameOf(address))).events).toEqual([]);
  const { address: mine } = await house.feeds.open(people.b);
  await house.calendar.cancel(people.b, people.schedule.meetings[0]!.id);
  expect(readTwice(await house.feeds.read(nameOf(mine))).events).toEqual([]);
});

it('answers nothing once revoked, made anew, guessed, or when the account is closed', async () => {
  const { a, b } = await booked(7);
  const first = await house.feeds.open(a);
  expect((await house.feeds.show(a)).openedAt).toBe(first.openedAt);
  const second = await house.feeds.open(a);
  await expect(house.feeds.read(nameOf(first.address))).rejects.toEqual(gone);
  await expect(house.feeds.read(nameOf(second.address))).resolves.toContain('VEVENT');
  expect(await house.feeds.revoke(b)).toEqual({ openedAt: null }); // a stranger's revoking reaches his own feed alone
  await expect(house.feeds.read(nameOf(second.address))).resolves.toContain('VEVENT');
  await house.feeds.revoke(a);
  for (const guess of [nameOf(second.address), `${'A'.repeat(43)}.ics`, 'x', '', '../people'])
    await expect(house.feeds.read(guess)).rejects.toEqual(gone);
  const third = await house.feeds.open(a);
  await fresh.admin('UPDATE persons SET disabled_at = created_at WHERE id = $1', [a.id]);
  await expect(house.feeds.read(nameOf(third.address))).rejects.toEqual(gone);
});

it('keeps the address as a hash only, and one feed of two that are opened at once', async () => {
  const { a } = await booked(8);
  const made = await Promise.all([house.feeds.open(a), house.feeds.open(a)]);
  const readable = await Promise.allSettled(made.map(({ address }) => house.feeds.read(nameOf(address))));
  expect(readable.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const rows = await fresh.admin('SELECT row_to_json(f)::text AS text FROM calendar_feeds f WHERE person_id = $1', [a.id]);
  for (const { text } of rows) for (const { address } of made) expect(text).not.toContain(nameOf(address).slice(0, 43));
});
