import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#contract';
import { type Config, type Delivery, newId, type OutgoingMail } from '#platform';
import { Throttle } from '#people';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../test/support/notices.js';
import { DeliveriesService } from './deliveries.service.js';
import { Bounces } from './delivery/bounces.js';
import { Deliverer } from './delivery/deliverer.js';
import { LettersService } from './letters.service.js';
import { NoticesService } from './notices.service.js';
import { Planner } from './planning/planner.js';
import { ProofService } from './proof/proof.service.js';

const config = { WEB_ORIGIN: ['https://kelisim.test'], MAIL_FROM: 'habar@kelisim.test' } as unknown as Config;
let [fresh, world, planner]: [FreshDatabase, NoticeWorld, Planner] = [] as never;
let [letters, deliveries, proof]: [LettersService, DeliveriesService, ProofService] = [] as never;
let [desk, desk2, stranger, ana, judge, admin]: Actor[] = [];
let caseId: string;
let bolat: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-09-07T06:00:00Z');
  world = await arrangeNotices(fresh);
  planner = new Planner(fresh.workerDb, fresh.clock);
  letters = new LettersService(fresh.db, fresh.clock, fresh.keys, config);
  deliveries = new DeliveriesService(fresh.db, fresh.clock);
  proof = new ProofService(fresh.db, fresh.clock);
  const as = (name: keyof NoticeWorld['people'], role: Actor['role']): Actor => ({ id: world.people[name].id, role });
  [desk, desk2, stranger] = [as('desk', 'coordinator'), as('desk2', 'coordinator'), as('stranger', 'citizen')];
  [ana, judge, admin] = [as('ana', 'citizen'), as('judge', 'mediator'), as('desk2', 'administrator')];
  caseId = newId();
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, filed_at, rules_on)
     VALUES ($1, $2, 'INVITED', $3, 'neighbours', 'oskemen', 'ru', $4, $3, $3, '2026-09-07')`,
    [caseId, `M-2026-${caseId.slice(-6)}`, '2026-09-07T05:00:00Z', world.people.desk.id],
  );
  // Two who have neither an address nor a telephone.
  const { id: person } = await world.person('Тарапов', 'kk', { phone: '+77010000009' });
  await fresh.admin(`UPDATE persons SET phone_sealed = NULL WHERE id = $1`, [person]);
  await world.party(caseId, 'A', 'kk', {}, person);
  bolat = await world.party(caseId, 'B', 'ru', {});
  await world.invitation(caseId, bolat, '7K4M29QX');
});
afterAll(() => fresh.drop());

const textOf = async (pdf: Uint8Array) =>
  (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text.replaceAll(/\s+/g, ' ');
const happen = async (...fact: Parameters<NoticeWorld['happen']>) => {
  const id = await world.happen(...fact);
  await planner.plan([id]);
  return id;
};
const toPost = async (actor: Actor = desk!) => (await deliveries.list(actor, { state: 'letters', limit: 50 })).rows;
const letterOf = async (source: string) =>
  (
    await fresh.admin<{ id: string; code: string }>(
      `SELECT id, check_code AS code FROM notifications WHERE source_id = $1 AND channel = 'letter'`,
      [source],
    )
  )[0]!;
const missing = { code: 'not_found' };

describe('a notice to who can be reached by nothing', () => {
  let [invited, ready]: string[] = [];
  beforeAll(async () => {
    invited = await happen('case.invited', caseId, { dueAt: '2026-09-17T18:59:59Z' });
    ready = await happen('contract.sent', caseId, { dueAt: '2026-09-12T13:00:00Z' });
  });

  it('waits at the desk among the letters to post, and nowhere else; of a courtesy there is no letter to an account', async () => {
    expect((await toPost()).map(({ template, recipient, channel, state }) => [template, recipient, channel, state])).toEqual([
      ['contract.ready', 'party_a', 'letter', 'waiting'],
      ['invitation', 'party_b', 'letter', 'waiting'],
    ]);
    for (const state of ['failed', 'waiting'] as const)
      expect((await deliveries.list(desk!, { state, limit: 50 })).rows.filter(({ channel }) => channel === 'letter')).toEqual([]);
    const courtesy = await happen('offer.accepted', caseId);
    expect(await fresh.admin(`SELECT channel FROM notifications WHERE source_id = $1 AND channel <> 'in_app'`, [courtesy])).toEqual([]);
  });

  it('is a page in the reader’s language and the other official one, with the code by which it is told from a false one', async () => {
    const { id, code } = await letterOf(ready!);
    const text = await textOf((await letters.print(desk!, id)).pdf);
    for (const words of [
      'Тарапов',
      'kelisim.test/check',
      `${code.slice(0, 4)}‑${code.slice(4)}`,
      '12 қыркүйек',
      '12 сентября',
      'Достық үйі',
    ])
      expect(text).toContain(words);
    expect(await textOf((await letters.print(desk2!, id)).pdf)).toBe(text);
    expect(await fresh.admin(`SELECT 1 FROM delivery_attempts WHERE notification_id = $1`, [id])).toEqual([]);
  });

  it('carries the code of an invitation as long as it can be answered, and printing it is a fact', async () => {
    const { id } = await letterOf(invited!);
    const text = await textOf((await letters.print(desk!, id)).pdf);
    for (const words of ['Тарапов', '7K4M-29QX', 'kelisim.test/i', '17 сентября', '17 қыркүйек']) expect(text).toContain(words);
    expect(await fresh.admin(`SELECT 1 FROM events WHERE case_id = $1 AND type = 'invitation.printed'`, [caseId])).toHaveLength(1);
    await fresh.admin(`UPDATE invitations SET revoked_at = $2 WHERE party_id = $1`, [bolat, fresh.clock.now()]);
    await expect(letters.print(desk!, id)).rejects.toMatchObject(missing);
    expect((await toPost()).map(({ template }) => template)).toEqual(['contract.ready']);
    await fresh.admin(`UPDATE invitations SET revoked_at = NULL WHERE party_id = $1`, [bolat]);
  });

  it('is posted once, by whoever presses first: who, when and the number of the registered letter are the proof', async () => {
    const { id, code } = await letterOf(ready!);
    fresh.clock.set('2026-09-07T09:30:00Z');
    const pressed = await Promise.allSettled([desk!, desk2!].map((actor) => letters.post(actor, id, { track: 'RR123456785KZ' })));
    expect(pressed.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(letters.post(desk!, id, { track: '' })).rejects.toMatchObject({ code: 'conflict' });
    const who = pressed[0]!.status === 'fulfilled' ? 'Кеңесова' : 'Достықова';
    const [told] = (await deliveries.ofCase(desk!, caseId)).filter((one) => one.id === id);
    expect(told).toMatchObject({ state: 'sent', sentAt: '2026-09-07T09:30:00.000Z', attempts: 1 });
    expect(told!.history).toMatchObject([{ provider: 'post', outcome: 'sent', receipt: 'RR123456785KZ', by: `${who} Есімі` }]);
    expect(await fresh.admin(`SELECT data FROM events WHERE case_id = $1 AND type = 'notice.posted'`, [caseId])).toEqual([
      { data: { noticeId: id, side: 'A' } },
    ]);
    expect((await toPost()).map(({ template }) => template)).toEqual(['invitation']);
    const paper = await textOf((await proof.certify(desk!, caseId, { side: 'A' })).pdf);
    for (const words of [who, 'RR123456785KZ', '07.09.2026 14:30:00', 'поштамен жіберген', code]) expect(paper).toContain(words);
    const check = new NoticesService(fresh.db, fresh.clock, new Throttle(fresh.db, fresh.clock, fresh.hashes));
    expect(await check.check({ id: null, role: 'visitor' }, code)).toMatchObject({ real: true, channel: 'letter' });
  });

  it('is shown, printed and posted by the desk alone, and not by the desk of its own dispute', async () => {
    const { id } = await letterOf(invited!);
    await world.party(caseId, 'A', 'kk', {}, world.people.desk2.id, 2);
    for (const actor of [stranger!, ana!, judge!, admin!, desk2!]) {
      await expect(letters.print(actor, id)).rejects.toMatchObject(missing);
      await expect(letters.post(actor, id, { track: '' })).rejects.toMatchObject(missing);
      await expect(letters.print(actor, newId())).rejects.toMatchObject(missing);
    }
    expect(await toPost(desk2!)).toEqual([]);
    for (const actor of [stranger!, judge!, admin!]) await expect(toPost(actor)).rejects.toMatchObject(missing);
    const [mail] = await fresh.admin<{ id: string }>(`SELECT id FROM notifications WHERE channel = 'in_app' AND case_id = $1 LIMIT 1`, [
      caseId,
    ]);
    await expect(letters.print(desk!, mail!.id)).rejects.toMatchObject(missing);
    await expect(letters.post(desk!, mail!.id, { track: '' })).rejects.toMatchObject(missing);
  });

  it('says of what goes on inside mediation only that there is something', async () => {
    const ready = await happen('settlement.sent', caseId);
    const { id } = await letterOf(ready);
    const text = await textOf((await letters.print(desk!, id)).pdf);
    expect(text).toContain('Медиация ісіңізде');
    expect(text).not.toMatch(/келісім жоба|соглашени|татуласу/i);
    expect((await toPost()).find((one) => one.id === id)!.template).toBe('inside');
  });
});

describe('what is legal and comes back from every contact', () => {
  const answers: Record<string, Delivery['outcome']> = {};
  const take = (to: string) => Promise.resolve({ outcome: answers[to] ?? 'sent', provider: 'p', error: '550' } satisfies Delivery);
  const deliver = async (source: string) => {
    const mail = { send: ({ to }: OutgoingMail) => take(to) };
    const deliverer = new Deliverer(
      fresh.workerDb,
      fresh.clock,
      fresh.workerKeys,
      fresh.hashes,
      config,
      mail,
      mail as never,
      mail as never,
    );
    for (let turns = 0; turns < 2; turns += 1) {
      const due = await fresh.admin<{ id: string }>(
        `SELECT id FROM notifications WHERE source_id = $1 AND state = 'waiting' AND channel IN ('email', 'sms') AND recipient_id = $2`,
        [source, world.people.ana.id],
      );
      for (const { id } of due) await deliverer.deliver(id);
    }
  };

  it('becomes a letter once both its address and its number have refused it, and not before', async () => {
    answers['ana@example.kz'] = 'failed';
    const first = await happen('case.returned', world.caseId, { dueAt: '2026-09-17T13:00:00Z' });
    await deliver(first);
    expect(await letterOf(first)).toBeUndefined();
    answers['+77010000001'] = 'failed';
    const second = await happen('case.returned', world.caseId, { dueAt: '2026-09-17T13:00:00Z' });
    await deliver(second);
    expect(await letterOf(second)).toBeDefined();
    expect((await toPost()).filter((one) => one.sourceId === second)).toMatchObject([
      { template: 'application.returned', recipient: 'party_a' },
    ]);
  });

  it('becomes one when a bounce comes back after the text message was refused', async () => {
    answers['ana@example.kz'] = 'sent';
    answers['+77010000001'] = 'failed';
    const source = await happen('case.returned', world.caseId, { dueAt: '2026-09-17T13:00:00Z' });
    await deliver(source);
    expect(await letterOf(source)).toBeUndefined();
    await fresh.admin(
      `INSERT INTO bounces (id, provider, event_key, notification_id, verdict, status, received_at)
       SELECT $1, 'p', 'k', id, 'bounced', '5.1.1', $2 FROM notifications WHERE source_id = $3 AND channel = 'email'`,
      [newId(), fresh.clock.now(), source],
    );
    await new Bounces(fresh.workerDb, fresh.clock).follow();
    await deliver(source);
    await expect.poll(() => letterOf(source)).toBeDefined();
  });
});
