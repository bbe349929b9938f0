import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Case, IntakePapersService, NudgesService } from '#cases';
import type { Actor, SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Intake, intakeOn, summary } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let desk: SignedIn;
let papers: IntakePapersService;
let nudges: NudgesService;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  desk = await intake.person('coordinator');
  papers = new IntakePapersService(fresh.db, fresh.clock, fresh.keys, { WEB_ORIGIN: ['https://kelisim.test'] });
  nudges = new NudgesService(fresh.workerDb, fresh.clock);
});
afterAll(() => fresh.drop());

const read = async (pdf: Uint8Array) => {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));
  return { pages: text.length, text: text.join(' ').replaceAll(/\s+/g, ' ') };
};
const partyB = async (caseId: string) =>
  (await fresh.admin<{ id: string }>(`SELECT id FROM parties WHERE case_id = $1 AND side = 'B'`, [caseId]))[0]!.id;
const factsOf = async (caseId: string, type: string) =>
  (
    await fresh.admin<{ data: { code?: string; n?: number } }>('SELECT data FROM events WHERE case_id = $1 AND type = $2 ORDER BY seq', [
      caseId,
      type,
    ])
  ).map(({ data }) => data);

describe('the receipt', () => {
  it('names number, hour, both sides, kind and what comes next, in Kazakh and Russian, and nothing of what was written', async () => {
    const { id, a } = await intake.filed();
    const view = await intake.viewOf(a, id);
    const { number, pdf } = await papers.receipt(a, id);
    const { text } = await read(pdf);
    for (const words of [
      number,
      'Өтінішті қабылдау туралы қолхат',
      'Расписка о приёме заявления',
      'Дорофеев Геннадий',
      'көршілер дауы',
      'соседский спор',
      'до 10 сентября',
    ])
      expect(text).toContain(words);
    for (const secret of [view.claim!.title, view.claim!.claimText, view.claim!.desiredOutcome]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/180\s?000/);
    fresh.clock.advance({ days: 1 });
    expect(Buffer.compare((await papers.receipt(a, id)).pdf, pdf)).toBe(0);
    expect((await papers.receipt(desk, id)).number).toBe(number);
  });

  it('is nobody else’s, and there is none before filing', async () => {
    const { id, b, a } = await intake.joined();
    for (const stranger of [b, await intake.citizen(), await intake.mediator(), { ...a, role: 'coordinator' } as SignedIn])
      await expect(papers.receipt(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    const draft = await intake.draft();
    await expect(papers.receipt(draft.a, draft.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the letter', () => {
  it('carries a short address, a code that opens, and the reader’s language first; who invites and why stays behind the code', async () => {
    const { id, a } = await intake.invited();
    const { pdf } = await papers.letter(desk, id, await partyB(id));
    const { text, pages } = await read(pdf);
    const [, address, code] = /(kelisim\.test\/i) (\w{4}-\w{4})/.exec(text)!;
    expect(address!.length).toBeLessThanOrEqual(20);
    await expect(intake.invitations.open(code!.toLowerCase(), { network: '192.0.2.7' })).resolves.toMatchObject({ id: expect.any(String) });
    expect(pages).toBe(1);
    expect(text).toMatch(/\+7\s700\s000\s09\s99/);
    expect(text.indexOf('Предложение об обращении к медиации')).toBeLessThan(text.indexOf('Медиацияға жүгіну туралы ұсыныс'));
    expect(text.indexOf(code!)).toBeLessThan(text.indexOf('Срок ответа'));
    const [applicant] = (await intake.viewOf(a, id)).parties.filter(({ side }) => side === 'A');
    for (const secret of [applicant!.name, 'оршау', 'забор']) expect(text).not.toContain(secret);
    expect(await factsOf(id, 'invitation.printed')).toHaveLength(1);
  });

  it('bears the address of who is reached by nothing else', async () => {
    const other = {
      kind: 'person',
      surname: 'Дорофеев',
      given: 'Геннадий',
      address: 'Бозанбай ауылы, Абай көшесі, 7',
      language: 'kk',
    } as const;
    const { id } = await intake.filed({ answers: intake.complete({ other }) });
    await intake.screening.decide(desk, id, { decision: 'allow', summary });
    expect((await read((await papers.letter(desk, id, await partyB(id))).pdf)).text).toMatch(
      /Дорофеев Геннадий Бозанбай ауылы, Абай көшесі, 7/,
    );
  });

  it('is printed by the desk alone, and not once it was answered', async () => {
    const { id, a, b } = await intake.joined();
    const open = await intake.invited();
    const party = await partyB(open.id);
    for (const stranger of [a, b, open.a, await intake.mediator(), await intake.person('administrator')] as Actor[])
      await expect(papers.letter(stranger, open.id, party)).rejects.toMatchObject({ code: 'not_found' });
    await expect(papers.letter(desk, id, await partyB(id))).rejects.toMatchObject({ code: 'not_found' });
    await expect(papers.letter(desk, open.id, await partyB(id))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('reminders', () => {
  const after = async (days: number) => {
    fresh.clock.advance({ days });
    await Promise.all([nudges.nudgeDue(), nudges.nudgeDue()]);
  };
  const stuckOf = async (id: string) =>
    (await fresh.admin<{ stuck_code: string | null }>('SELECT stuck_code FROM cases WHERE id = $1', [id]))[0]!.stuck_code;

  it('are two messages and a call, each once, and the call lies on the desk until somebody telephones', async () => {
    const { id } = await intake.invited();
    const steps = async () => (await factsOf(id, 'invitation.nudged')).map(({ n, code }) => `${n} ${code}`);
    await after(2);
    expect(await steps()).toEqual([]);
    await after(1);
    await after(3);
    expect([await steps(), await stuckOf(id)]).toEqual([['1 message', '2 message'], null]);
    await after(2);
    expect([await steps(), await stuckOf(id)]).toEqual([['1 message', '2 message', '3 call'], 'CALL']);
    await fresh.db.transaction(desk, (tx) =>
      tx.query(`SELECT record_event(gen_random_uuid(), $1, 'party.called', $2, 'coordinator', $3, '{}')`, [id, desk.id, fresh.clock.now()]),
    );
    expect(await stuckOf(id)).toBeNull();
  });

  it('come once for all that was missed, and never to who has answered', async () => {
    const silent = await intake.invited();
    const joined = await intake.joined();
    await after(7);
    expect((await factsOf(silent.id, 'invitation.nudged')).map(({ n }) => n)).toEqual([2]);
    expect(await factsOf(joined.id, 'invitation.nudged')).toEqual([]);
    await after(30); // the time to answer is over: the deadline speaks, not a reminder
    expect(await factsOf(silent.id, 'invitation.nudged')).toHaveLength(1);
  });
});

it('reminds once, a day after the last page, of an application that was not sent', async () => {
  const { id, a } = await intake.draft();
  const told = async () => (await factsOf(id, 'case.draft_reminded')).length;
  const sent = await intake.filed();
  fresh.clock.advance({ hours: 20 });
  await intake.applications.save(a, id, { title: 'Басқа атау' });
  fresh.clock.advance({ hours: 20 });
  await nudges.remindDrafts();
  expect(await told()).toBe(0);
  fresh.clock.advance({ hours: 5 });
  await Promise.all([nudges.remindDrafts(), nudges.remindDrafts()]);
  expect(await told()).toBe(1);
  fresh.clock.advance({ days: 2 });
  await nudges.remindDrafts();
  expect(await told()).toBe(1);
  expect(await factsOf(id, 'case.draft_reminded')).toEqual([{ personId: a.id }]);
  expect(await factsOf(sent.id, 'case.draft_reminded')).toEqual([]);
});

it('counts how far invitations come, for the desk alone', async () => {
  fresh.clock.advance({ days: 60 });
  const zero = await intake.cases.funnel(desk, 30);
  expect(zero).toMatchObject({ invited: 0, joined: 0 });
  await intake.invited(); // opened
  const { invitationId } = await intake.invited();
  await intake.invitations.understand(invitationId);
  await intake.joined();
  const filed = await intake.filed();
  await intake.screening.decide(desk, filed.id, { decision: 'allow', summary: 'Көршілер дауы' });
  expect(await intake.cases.funnel(desk, 30)).toEqual({
    days: 30,
    invited: 4,
    opened: 3,
    understood: 2,
    joined: 1,
    declined: 0,
    silent: 0,
    waiting: 3,
    joinedAfterNudge: 0,
  });
  for (const stranger of [filed.a, await intake.mediator(), { id: null, role: 'visitor' } as const])
    await expect(async () => intake.cases.funnel(stranger, 30)).rejects.toMatchObject({ code: 'not_found' });
  expect(await fresh.db.ask(filed.a, 'join_funnel', [new Date(0), fresh.clock.now()])).toMatchObject([{ invited: 0 }]);
});
