import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../test/support/notices.js';
import { BouncesService, type Told } from './bounces.service.js';
import { Bounces } from './delivery/bounces.js';
import { Planner } from './planning/planner.js';

const secret = Buffer.alloc(32, 7);
let [fresh, world, bounces, service]: [FreshDatabase, NoticeWorld, Bounces, BouncesService] = [] as never;
beforeAll(async () => {
  fresh = await freshDatabase();
  world = await arrangeNotices(fresh);
  await world.join();
  await world.accept();
  bounces = new Bounces(fresh.workerDb, fresh.clock);
  service = new BouncesService(fresh.db, fresh.clock, { BOUNCE_SECRETS: { one: secret } } as unknown as Config);
});
afterAll(() => fresh.drop());
beforeEach(() => fresh.clock.set('2026-09-07T06:00:00Z'));

/** As the provider would sign it. */
const told = (said: object, { key = secret, id = randomUUID() as string, at = fresh.clock.now() } = {}): Told => {
  const [timestamp, body] = [String(Math.floor(at.getTime() / 1000)), Buffer.from(JSON.stringify(said))];
  const signature = `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
  return { id, timestamp, signature, body };
};
/** A mail to Ana that a provider has taken. */
async function sent(type: 'contract.sent' | 'meeting.declined' = 'contract.sent') {
  const event = await world.happen(type, world.caseId);
  const { id } = (await new Planner(fresh.workerDb, fresh.clock).plan([event])).find(
    ({ channel, recipientId }) => channel === 'email' && recipientId === world.people.ana.id,
  )!;
  await fresh.admin(`UPDATE notifications SET state = 'sent', sent_at = $2 WHERE id = $1`, [id, fresh.clock.now()]);
  return { event, id, messageId: `<${id}@kelisim.test>` };
}
const stateOf = async (id: string) => (await fresh.admin(`SELECT state, last_error FROM notifications WHERE id = $1`, [id]))[0];

describe('a mail that comes back', () => {
  it('stands before the desk with its proof, and goes by text message, once', async () => {
    const { event, id, messageId } = await sent();
    await service.take('one', told({ type: 'email.bounced', messageId, status: '5.1.1' }));
    const planned = (await Promise.all([bounces.follow(), bounces.follow()])).flat();
    expect(planned).toMatchObject([{ channel: 'sms', recipientId: world.people.ana.id, urgency: 'legal' }]);
    expect(await stateOf(id)).toEqual({ state: 'failed', last_error: 'bounced 5.1.1' });
    expect(await fresh.admin(`SELECT provider, outcome, error FROM delivery_attempts WHERE notification_id = $1`, [id])).toEqual([
      { provider: 'one', outcome: 'failed', error: 'bounced 5.1.1' },
    ]);
    await service.take('one', told({ type: 'email.bounced', messageId, status: '5.1.1' }));
    expect(await bounces.follow()).toEqual([]);
    expect(
      await fresh.admin(`SELECT 1 FROM notifications WHERE source_id = $1 AND channel = 'sms' AND recipient_id = $2`, [
        event,
        world.people.ana.id,
      ]),
    ).toHaveLength(1);
  });

  it('takes with it what travelled in it', async () => {
    const [first, second] = [await sent('meeting.declined'), await sent('meeting.declined')];
    await fresh.admin(`UPDATE notifications SET carried_by = $2 WHERE id = $1`, [second.id, first.id]);
    await service.take('one', told({ type: 'email.bounced', messageId: first.messageId, status: '5.2.2' }));
    await bounces.follow();
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(
      [1, 2].map(() => ({ state: 'failed', last_error: 'bounced 5.2.2' })),
    );
  });

  it('is proof when it has arrived, and no more than a note when it is late', async () => {
    const { id, messageId } = await sent();
    await service.take('one', told({ type: 'email.delayed', messageId, status: '4.2.1' }));
    await service.take('one', told({ type: 'email.delivered', messageId }));
    expect(await bounces.follow()).toEqual([]);
    expect(await stateOf(id)).toEqual({ state: 'sent', last_error: null });
    expect(await fresh.admin(`SELECT outcome, receipt FROM delivery_attempts WHERE notification_id = $1 ORDER BY outcome`, [id])).toEqual([
      { outcome: 'retry', receipt: null },
      { outcome: 'sent', receipt: 'delivered' },
    ]);
  });

  it('ends courtesies of its kind when the reader complains, and nothing legal', async () => {
    const [legal, courtesy] = [await sent(), await sent('meeting.declined')];
    for (const { messageId } of [legal, courtesy]) await service.take('one', told({ type: 'email.complained', messageId }));
    await bounces.follow();
    expect(await fresh.admin(`SELECT person_id, kind, channel, wanted FROM notice_wishes`)).toEqual([
      { person_id: world.people.ana.id, kind: 'meeting', channel: 'email', wanted: false },
    ]);
  });
});

describe('is refused', () => {
  const refusal = async (provider: string, said: Told) =>
    service.take(provider, said).then(
      () => 'taken',
      (error: { code?: string }) => error.code,
    );
  const noted = async () => (await fresh.admin<{ n: number }>('SELECT count(*)::int AS n FROM bounces'))[0]!.n;

  it('what is forged, changed on its way, too old, or said again', async () => {
    const { id, messageId } = await sent();
    const said = { type: 'email.bounced', messageId, status: '5.1.1' };
    const good = told(said);
    const before = await noted();
    const forged: [string, Told][] = [
      ['one', told(said, { key: Buffer.alloc(32, 8) })],
      ['one', { ...good, body: Buffer.from(good.body.toString().replace('5.1.1', '5.0.0')) }],
      ['one', { ...good, id: 'another' }],
      ['one', { ...good, signature: good.signature.replace('v1,', 'v2,') }],
      ['one', { ...good, signature: '' }],
      ['one', told(said, { at: new Date('2026-09-07T05:54:59Z') })],
      ['one', told(said, { at: new Date('2026-09-07T06:05:01Z') })],
      ['one', { ...good, timestamp: 'now' }],
    ];
    for (const [provider, one] of forged) expect(await refusal(provider, one)).toBe('unauthenticated');
    expect(await refusal('another', good)).toBe('not_found');
    expect(await refusal('constructor', good)).toBe('not_found');
    expect(await noted()).toBe(before);
    const both = await Promise.all([refusal('one', good), refusal('one', good)]);
    expect(both.toSorted()).toEqual(['conflict', 'taken']);
    expect(await refusal('one', good)).toBe('conflict');
    fresh.clock.advance({ minutes: 6 });
    expect(await refusal('one', good)).toBe('unauthenticated');
    expect(await noted()).toBe(before + 1);
    await bounces.follow();
    expect(await stateOf(id)).toEqual({ state: 'failed', last_error: 'bounced 5.1.1' });
  });

  it.each([{}, { type: 'email.opened', messageId: 'x' }, { type: 'email.bounced', messageId: '<not-ours@kelisim.test>' }, []])(
    'what says %j',
    async (said) => expect(await refusal('one', told(said))).toBe('invalid'),
  );

  it('to no harm: a mail that is not known changes nothing', async () => {
    await service.take('one', told({ type: 'email.bounced', messageId: `<${randomUUID()}@kelisim.test>`, status: '5.1.1' }));
    expect(await bounces.follow()).toEqual([]);
  });
});
