import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, languages } from '#contract';
import type { Config } from '#platform';
import { Throttle } from '#people';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../test/support/notices.js';
import { DeliveriesService } from './deliveries.service.js';
import { NoticesService } from './notices.service.js';
import { Planner } from './planning/planner.js';
import { PreviewsService } from './previews.service.js';
import { templates } from './rules/templates.js';

let [fresh, world]: [FreshDatabase, NoticeWorld] = [] as never;
let [notices, deliveries, planner]: [NoticesService, DeliveriesService, Planner] = [] as never;
let [ana, boris, stranger, desk]: Actor[] = [];
beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-09-07T06:00:00Z');
  world = await arrangeNotices(fresh);
  await world.join();
  notices = new NoticesService(fresh.db, fresh.clock, new Throttle(fresh.db, fresh.clock, fresh.hashes));
  deliveries = new DeliveriesService(fresh.db, fresh.clock);
  planner = new Planner(fresh.workerDb, fresh.clock);
  const { people } = world;
  ana = { id: people.ana.id, role: 'citizen' };
  boris = { id: people.boris.id, role: 'citizen' };
  stranger = { id: people.stranger.id, role: 'citizen' };
  desk = { id: people.desk.id, role: 'coordinator' };
});
afterAll(() => fresh.drop());

const happen = async (...fact: Parameters<NoticeWorld['happen']>) => {
  const id = await world.happen(...fact);
  await planner.plan([id]);
  return id;
};
const all = { limit: 20 };

describe("a person's own centre", () => {
  beforeAll(async () => {
    for (let count = 0; count < 5; count += 1) await happen('contract.sent', world.caseId, { dueAt: '2026-09-12T13:00:00Z' });
  });

  it('lists the newest first, page by page, and counts what is unread', async () => {
    const first = await notices.list(ana!, { limit: 2 });
    expect(first).toMatchObject({ unread: 5, rows: [{ template: 'contract.ready', read: false }, {}] });
    expect(first.rows[0]!.variables).toEqual({ number: world.number, until: '2026-09-12T13:00:00.000Z' });
    const second = await notices.list(ana!, { limit: 2, after: first.next! });
    const third = await notices.list(ana!, { limit: 2, after: second.next! });
    const ids = [...first.rows, ...second.rows, ...third.rows].map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect([ids.length, new Set(ids).size, third.next]).toEqual([5, 5, null]);
  });

  it('marks read up to one, for the reader alone', async () => {
    const { rows } = await notices.list(ana!, all);
    await notices.markRead(ana!, rows[1]!.id);
    expect(await notices.list(ana!, all)).toMatchObject({ unread: 1, rows: [{ read: false }, { read: true }, {}, {}, { read: true }] });
    expect(await notices.list(boris!, all)).toMatchObject({ unread: 5 });
  });

  it('is empty for a stranger, who can mark nothing of anybody', async () => {
    expect(await notices.list(stranger!, all)).toEqual({ rows: [], unread: 0, next: null });
    await notices.markRead(stranger!, (await notices.list(boris!, all)).rows[0]!.id);
    expect(await notices.list(boris!, all)).toMatchObject({ unread: 5 });
  });

  it('shows what is for the desk only at the desk', async () => {
    await happen('case.submitted', world.caseId);
    expect(await notices.list(desk!, all)).toMatchObject({ unread: 1, rows: [{ template: 'desk.submitted' }] });
    expect(await notices.list({ ...desk!, role: 'citizen' }, all)).toMatchObject({ unread: 0, rows: [] });
  });
});

describe('the question whether a message is real', () => {
  const visitor: Actor = { id: null, role: 'visitor' };

  it('is answered with when and how, for what was sent, and with no more', async () => {
    const [row] = await fresh.admin<{ id: string; check_code: string }>(
      `UPDATE notifications SET state = 'sent', sent_at = $1 WHERE id = (SELECT id FROM notifications WHERE channel = 'email' LIMIT 1) RETURNING id, check_code`,
      [fresh.clock.now()],
    );
    const typed = `${row!.check_code.slice(0, 4).toLowerCase()}-${row!.check_code.slice(4)} `;
    expect(await notices.check(visitor, typed, '10.0.0.1')).toEqual({
      real: true,
      channel: 'email',
      sentAt: '2026-09-07T06:00:00.000Z',
      kind: 'notice',
    });
  });

  it('is denied for what is not ours or has not gone, and stops guessing', async () => {
    const [waiting] = await fresh.admin<{ code: string }>(`SELECT check_code AS code FROM notifications WHERE state = 'waiting' LIMIT 1`);
    const no = { real: false, channel: null, sentAt: null, kind: null };
    expect(await notices.check(visitor, waiting!.code, '10.0.0.2')).toEqual(no);
    for (let guess = 1; guess < 60; guess += 1) expect(await notices.check(visitor, '00000000', '10.0.0.2')).toEqual(no);
    await expect(notices.check(visitor, '00000000', '10.0.0.2')).rejects.toMatchObject({ code: 'too_many_attempts' });
    expect(await notices.check(visitor, '00000000', '10.0.0.3')).toEqual(no);
  });
});

describe('the desk', () => {
  it('sees how the notices of a case fared, and no address', async () => {
    const rows = await deliveries.ofCase(desk!, world.caseId);
    expect(new Set(rows.map(({ recipient, channel }) => `${recipient} ${channel}`))).toEqual(
      new Set(['party_a in_app', 'party_a email', 'party_b in_app', 'party_b sms']),
    );
    expect(JSON.stringify(rows)).not.toMatch(/@|\+7701|Асанова|Борисов/);
  });

  it('has what was not delivered, the legal ones first, and sends it again once', async () => {
    await fresh.admin(`UPDATE notifications SET state = 'failed', attempts = 53, last_error = '451' WHERE channel = 'sms'`);
    await happen('case.consented', world.caseId);
    await fresh.admin(
      `UPDATE notifications SET state = 'failed', last_error = '550' WHERE template = 'invitation.accepted' AND channel = 'email'`,
    );
    const first = await deliveries.list(desk!, { state: 'failed', limit: 4 });
    const rest = await deliveries.list(desk!, { state: 'failed', limit: 4, after: first.next! });
    expect([...first.rows, ...rest.rows].map(({ legal }) => legal)).toEqual([true, true, true, true, true, false]);
    const { id } = first.rows[0]!;
    await deliveries.resend(desk!, id);
    await expect(deliveries.resend(desk!, id)).rejects.toMatchObject({ code: 'not_found' });
    const again = (await deliveries.ofCase(desk!, world.caseId)).find((row) => row.id === id)!;
    expect(again).toMatchObject({ state: 'waiting', attempts: 0, lastError: null, dueAt: '2026-09-07T06:00:00.000Z' });
    expect(again.history).toEqual([
      { at: '2026-09-07T06:00:00.000Z', provider: 'desk', outcome: 'retry', receipt: null, error: null, by: null },
    ]);
  });

  it('never sees whom a room has to be told of', async () => {
    const id = await happen('case.settled', world.caseId);
    await fresh.admin(`UPDATE notifications SET case_id = NULL, state = 'failed', source_type = 'rooms.unread' WHERE source_id = $1`, [id]);
    const [{ one }] = (await fresh.admin(`SELECT id AS one FROM notifications WHERE source_id = $1 LIMIT 1`, [id])) as [{ one: string }];
    const shown = await deliveries.list(desk!, { state: 'failed', limit: 100 });
    expect(shown.rows.map((row) => row.id)).not.toContain(one);
    await expect(deliveries.resend(desk!, one)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is closed to everybody else', async () => {
    const failed = (await deliveries.list(desk!, { state: 'failed', limit: 1 })).rows[0]!.id;
    for (const actor of [
      ana!,
      stranger!,
      { id: world.people.judge.id, role: 'mediator' } as Actor,
      { ...desk!, role: 'administrator' } as Actor,
    ]) {
      await expect(deliveries.ofCase(actor, world.caseId)).rejects.toMatchObject({ code: 'not_found' });
      await expect(deliveries.list(actor, { state: 'failed', limit: 1 })).rejects.toMatchObject({ code: 'not_found' });
      await expect(deliveries.resend(actor, failed)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('the desk', () => {
  it('reads every message with made-up data before people do; nobody else does', () => {
    const previews = new PreviewsService(fresh.clock, { WEB_ORIGIN: ['https://kelisim.test'] } as unknown as Config);
    const coordinator: Actor = { id: world.people.desk.id, role: 'coordinator' };
    const { names } = previews.show(coordinator, { language: 'kk' });
    expect(names).toHaveLength(Object.keys(templates).length);
    for (const name of names)
      for (const language of languages) {
        const shown = previews.show(coordinator, { name, language });
        expect([shown.html, shown.text, shown.sms, shown.push].filter((text) => /[{}]|undefined/.test(text))).toEqual([]);
        expect(shown.smsParts).toBeLessThanOrEqual(2);
      }
    for (const role of ['citizen', 'mediator', 'administrator', 'court', 'visitor'] as const)
      expect(() => previews.show({ ...coordinator, role }, { language: 'kk' })).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(() => previews.show(coordinator, { name: 'constructor', language: 'kk' })).toThrow('not_found');
  });
});
