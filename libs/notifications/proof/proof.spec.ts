import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#contract';
import { newId } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { Planner } from '../planning/planner.js';
import { ProofService } from './proof.service.js';

let [fresh, world, proof]: [FreshDatabase, NoticeWorld, ProofService] = [] as never;
let [desk, stranger, ana]: Actor[] = [];
beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-09-07T06:00:00Z');
  world = await arrangeNotices(fresh);
  proof = new ProofService(fresh.db, fresh.clock);
  desk = { id: world.people.desk.id, role: 'coordinator' };
  stranger = { id: world.people.stranger.id, role: 'citizen' };
  ana = { id: world.people.ana.id, role: 'citizen' };
  const planner = new Planner(fresh.workerDb, fresh.clock);
  await planner.plan([
    await world.happen('case.invited', world.caseId, { dueAt: '2026-09-17T18:59:59Z' }),
    await world.happen('settlement.sent', world.caseId),
  ]);
  await tried('email', '2026-09-07T06:00:05Z', 'retry', null, '451 4.3.0 EENVELOPE');
  await tried('email', '2026-09-07T06:00:45Z', 'sent', '250 2.0.0 kept as 4F2', null);
  await fresh.admin(`UPDATE notifications SET state = 'sent', sent_at = '2026-09-07T06:00:45Z' WHERE channel = 'email'`);
});
afterAll(() => fresh.drop());

const tried = (channel: string, at: string, outcome: string, receipt: string | null, error: string | null) =>
  fresh.admin(
    `INSERT INTO delivery_attempts (id, notification_id, at, provider, outcome, receipt, error)
     SELECT $1, id, $2, 'mx.example.kz:25', $3, $4, $5 FROM notifications WHERE channel = $6 AND template = 'invitation'`,
    [newId(), at, outcome, receipt, error, channel],
  );
const textOf = async (pdf: Uint8Array) =>
  (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text.replaceAll(/\s+/g, ' ');
const facts = (type: string) =>
  fresh.admin<{ data: Record<string, string>; actor: string }>(`SELECT data, actor_id AS actor FROM events WHERE type = $1 ORDER BY id`, [
    type,
  ]);

it('certifies what a side was told: when, by which way, what the provider answered; in Kazakh and Russian', async () => {
  await proof.logCall(desk!, world.caseId, { partyId: world.partyB, outcome: 'no_answer' });
  const { number, pdf } = await proof.certify(desk!, world.caseId, { side: 'B' });
  const text = await textOf(pdf);
  expect(number).toBe(world.number);
  for (const words of [
    'Хабарлама туралы анықтама',
    'Справка об уведомлении',
    'Медиацияға шақыру',
    'Приглашение к медиации',
    '07.09.2026 11:00:05',
    'пока не принято: 451 4.3.0 EENVELOPE',
    'қабылдады: 250 2.0.0 kept as 4F2',
    'отправлено: 07.09.2026 11:00:45',
    'в очереди', // the text message has not left yet
    'не ответили',
  ])
    expect(text).toContain(words);
});

it('tells the court facts only: no address, no number, no code of the invitation, nothing of what is drafted inside', async () => {
  const text = await textOf((await proof.certify(desk!, world.caseId, { side: 'B' })).pdf);
  for (const secret of ['boris@', '770100', '7K4M', 'Келісімнің', 'соглашени', 'Асанова']) expect(text).not.toContain(secret);
});

it('puts the hash of the paper and the call into the chain of the case, with who asked', async () => {
  const { pdf } = await proof.certify(desk!, world.caseId, { side: 'A' });
  const last = (await facts('notice.certified')).at(-1)!;
  expect(last).toMatchObject({ data: { side: 'A', hash: expect.stringMatching(/^[0-9a-f]{64}$/) }, actor: desk!.id });
  expect(await textOf(pdf)).toContain(last.data['hash']);
  expect(await facts('party.called')).toEqual([{ data: { partyId: world.partyB, side: 'B', code: 'no_answer' }, actor: desk!.id }]);
});

it('is the desk’s alone: for anybody else, and for a party of another case, there is nothing', async () => {
  const outsiders: Actor[] = [
    stranger!,
    ana!,
    { id: world.people.judge.id, role: 'mediator' },
    { id: world.people.desk.id, role: 'court', courtId: 'X' },
  ];
  for (const actor of outsiders) {
    await expect(proof.certify(actor, world.caseId, { side: 'B' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(proof.logCall(actor, world.caseId, { partyId: world.partyB, outcome: 'reached' })).rejects.toMatchObject({
      code: 'not_found',
    });
  }
  await expect(proof.logCall(desk!, world.caseId, { partyId: newId(), outcome: 'reached' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(proof.certify(desk!, newId(), { side: 'B' })).rejects.toMatchObject({ code: 'not_found' });
  expect(await facts('party.called')).toHaveLength(1);
});

it('is closed to a coordinator who is a party of that dispute', async () => {
  const own = { id: world.people.desk2.id, role: 'coordinator' } as const;
  await world.party(world.caseId, 'B', 'ru', {}, own.id, 2);
  await expect(proof.certify(own, world.caseId, { side: 'B' })).rejects.toMatchObject({ code: 'not_found' });
});
