import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Case } from '#cases';
import { type AskGuest, guestPledge, type SignedIn } from '#contract';
import { Deliverer, Sweeper } from '#notifications';
import { contactHash } from '#people';
import { type Config, type Delivery, newId, type OutgoingMail, type OutgoingSms } from '#platform';
import { GuestsService, JointRoomService } from '#rooms';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { arrangeMediation, type Mediation } from '../support/mediation.js';
import { startRooms } from '../support/rooms.js';

let [fresh, people, guests, joint, sweeper]: [FreshDatabase, Mediation, GuestsService, JointRoomService, Sweeper] = [] as never;
let [mails, texts]: [OutgoingMail[], OutgoingSms[]] = [[], []];
const sent = (provider: string): Delivery => ({ outcome: 'sent', provider });

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  const { db, clock, keys, hashes, workerDb } = fresh;
  guests = new GuestsService(db, clock, hashes, keys);
  joint = new JointRoomService(db, clock, keys);
  sweeper = new Sweeper(workerDb, clock);
});
afterAll(() => fresh.drop());
beforeEach(() => begin());

async function begin(settings: Parameters<typeof arrangeMediation>[1] = {}) {
  fresh.clock.set('2026-09-08T06:00:00Z'); // eleven in the morning
  await fresh.admin('TRUNCATE delivery_attempts, notifications, joint_requests, joint_consents, guest_answers');
  await fresh.admin('DELETE FROM guests');
  people = await arrangeMediation(fresh, settings);
  await startRooms(fresh).open(people.mediator, people.caseId);
  await reach(people.a, 'ana@example.kz');
  await reach(people.b, 'boris@example.kz');
  [mails, texts] = [[], []];
}

/** Gives somebody a sealed address, as the api does. */
async function reach({ id }: Pick<SignedIn, 'id'>, contact: string) {
  const sealed = await fresh.db.transaction({ id: null, role: 'system' }, (tx) =>
    fresh.keys.seal(tx, { scope: 'person', id }, contact, 'email'),
  );
  await fresh.admin('UPDATE persons SET email_hash = $2 WHERE email_hash = $1', [hashOf(contact), Buffer.from(newId())]);
  await fresh.admin('UPDATE persons SET email_sealed = $2, email_hash = $3 WHERE id = $1', [id, sealed, hashOf(contact)]);
}
const hashOf = (contact: string) => contactHash(fresh.hashes, { channel: 'email', contact });

async function person(contact: string): Promise<SignedIn> {
  const id = newId();
  await fresh.admin(
    `INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Ержанова', 'Айгерім', 'ru', $2, $3)`,
    [id, Buffer.from(id), fresh.clock.now()],
  );
  await reach({ id }, contact);
  return { id, role: 'citizen' };
}

async function ask(contact: string, capacity: AskGuest['capacity'] = 'observer') {
  const id = randomUUID();
  await guests.ask(people.mediator, people.caseId, { id, capacity, name: 'Айгерим', contact, languages: [] });
  return id;
}

/** One turn of the worker: what is asked is planned, what is due is sent. */
async function turn() {
  const config = { WEB_ORIGIN: ['https://kelisim.test'], MAIL_FROM: 'habar@kelisim.test' } as unknown as Config;
  const mail = { send: async (one: OutgoingMail) => (mails.push(one), sent('mail')) };
  const sms = { send: async (one: OutgoingSms) => (texts.push(one), sent('sms')) };
  const push = { send: async () => sent('push') };
  const planned = await sweeper.planGatherings();
  fresh.clock.advance({ minutes: 11 });
  const deliverer = new Deliverer(fresh.workerDb, fresh.clock, fresh.workerKeys, fresh.hashes, config, mail, sms, push);
  for (const { id } of await sweeper.due(100)) await deliverer.deliver(id);
  return planned.length;
}
const to = (contact: string) => mails.filter((mail) => mail.to === contact);

it('writes to whoever is asked in, and to each party that its answer is waited for, once', async () => {
  await person('aigerim@example.kz');
  await ask('aigerim@example.kz');
  await Promise.all([turn(), turn()]);
  await turn();
  expect(mails.map((mail) => mail.to).toSorted()).toEqual(['aigerim@example.kz', 'ana@example.kz', 'boris@example.kz']);
  expect(to('aigerim@example.kz')[0]!.text).toContain('https://kelisim.test/guest');
  expect(to('ana@example.kz')[0]!.text).toContain('сізден келісім сұрайды');
  const centre = await fresh.admin(`SELECT template, case_id FROM notifications WHERE channel = 'in_app' ORDER BY template`);
  expect(centre).toEqual([
    { template: 'gathering.answer', case_id: null },
    { template: 'gathering.answer', case_id: null },
    { template: 'gathering.guest', case_id: null },
  ]);
  expect(await fresh.admin(`SELECT type FROM events WHERE case_id = $1`, [people.caseId])).toEqual([]);
});

it('finds whoever has no account by the contact he was asked by, in two languages, and forgets it when he has pledged', async () => {
  await ask('dala@example.kz');
  const phoned = await ask('+77010009988');
  await turn();
  expect(to('dala@example.kz')[0]!.text).toMatch(/медиацияға[\s\S]*участвовать в медиации/);
  expect(texts.map(({ to: phone, text }) => [phone, text.includes('kelisim.test')])).toEqual([['+77010009988', true]]);
  const guest = await person('dala@example.kz');
  expect(await turn()).toBe(0); // told already
  const [own] = await guests.mine(guest);
  await guests.pledge(guest, own!.id, guestPledge);
  await guests.end(people.mediator, phoned);
  expect(await fresh.admin('SELECT contact_sealed FROM guests')).toEqual([{ contact_sealed: null }, { contact_sealed: null }]);
});

it('sends nothing to who has answered, was taken off the list, or whose case is over', async () => {
  const id = await ask('aigerim@example.kz');
  await sweeper.planGatherings();
  await guests.answer(people.a, id, { agrees: false, own: false });
  await turn();
  expect([to('ana@example.kz').length, to('boris@example.kz').length]).toEqual([0, 1]);
  const other = await ask('other@example.kz');
  await guests.end(people.mediator, other);
  expect(await sweeper.planGatherings()).toEqual([]);
  await ask('late@example.kz');
  await fresh.admin(`UPDATE cases SET state = 'TERMINATED', ground = '4' WHERE id = $1`, [people.caseId]);
  expect(await sweeper.planGatherings()).toEqual([]);
});

it('asks each side whether to meet in the same words, and anew when asked anew', async () => {
  await begin({ shuttle: 'default' });
  await joint.ask(people.mediator, people.caseId, true);
  await turn();
  await joint.answer(people.b, people.caseId, false);
  await joint.ask(people.mediator, people.caseId, false);
  expect(await sweeper.planGatherings()).toEqual([]);
  fresh.clock.advance({ hours: 1 });
  await joint.ask(people.mediator, people.caseId, true);
  await turn();
  expect([to('ana@example.kz').length, to('boris@example.kz').length]).toEqual([2, 2]);
  expect(JSON.stringify(mails)).not.toContain(people.caseId);
});
