import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor, CaseState, Ground, SignedIn } from '#contract';
import { Case, CaseEffects, type EndingsService } from '#cases';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { agreementsOf, settlement } from '../../test/support/agreements.js';
import { caseServices } from '../../test/support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Dispute, disputesIn } from '../../test/support/disputes.js';

let fresh: FreshDatabase;
let arranged: ReturnType<typeof disputesIn>;
let endings: EndingsService;
let agreements: ReturnType<typeof agreementsOf>;
let desk: SignedIn;
const effects = new CaseEffects();
const told: string[] = [];
let effectFails = false;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  arranged = disputesIn(fresh);
  const services = await caseServices(fresh, { effects });
  ({ endings } = services);
  agreements = agreementsOf(fresh, services);
  desk = await arranged.person('coordinator');
  effects.on(
    'IN_MEDIATION',
    async (tx, _, id) => void (await tx.query('SELECT open_rooms($1, $2, $3, $4, $5)', [id, newId(), newId(), newId(), fresh.clock.now()])),
  );
  for (const state of ['TERMINATED', 'WITHDRAWN', 'CLOSED'] as const)
    effects.on(state, async (_tx, _actor, id) => {
      if (effectFails) throw new Error('an effect failed');
      told.push(`${state} ${id}`);
    });
});
afterAll(() => fresh.drop());
beforeEach(() => {
  effectFails = false;
});

const mediating = async () => agreements.concluded(await arranged.dispute('MEDIATOR_ACCEPTED'));
const endOf = (id: string) => fresh.admin('SELECT state, ground FROM cases WHERE id = $1', [id]);
const roomStates = async (id: string) =>
  (await fresh.admin<{ state: string }>('SELECT DISTINCT state FROM rooms WHERE case_id = $1', [id])).map(({ state }) => state);
const by = {
  a: ({ a }: Dispute) => a,
  b: ({ b }: Dispute) => b,
  mediator: ({ mediator }: Dispute) => mediator!,
  desk: () => desk,
};

describe('ending mediation', () => {
  it.each<[keyof typeof by, Ground | undefined, Ground]>([
    ['a', undefined, '4'],
    ['b', '4', '4'],
    ['mediator', '2', '2'],
    ['mediator', '3', '3'],
    ['desk', 'T1', 'T1'],
    ['desk', 'T2', 'T2'],
    ['desk', 'T3', 'T3'],
  ])('%s may, by ground %s, and the rooms close with it', async (who, given, ground) => {
    const dispute = await mediating();
    expect(await roomStates(dispute.id)).toEqual(['open']);
    await endings.terminate(by[who](dispute), dispute.id, { ground: given });
    expect(await endOf(dispute.id)).toEqual([{ state: 'TERMINATED', ground }]);
    expect(await roomStates(dispute.id)).toEqual(['read_only']);
    expect(await arranged.openDeadlines(dispute.id)).toEqual([]);
    expect((await arranged.eventsOf(dispute.id)).at(-1)).toBe('case.terminated');
    expect(told).toContain(`TERMINATED ${dispute.id}`);
  });

  it.each<[keyof typeof by, (Ground | undefined)[]]>([
    ['a', ['1', '2', '3', '5', 'T1', 'T2', 'T3']],
    ['b', ['1', '2', '3', '5', 'T1', 'T2', 'T3']],
    ['mediator', [undefined, '1', '4', '5', 'T1', 'T2', 'T3']],
    ['desk', [undefined, '1', '2', '3', '4', '5']],
  ])('%s may not by another ground', async (who, grounds) => {
    const dispute = await mediating();
    for (const ground of grounds)
      await expect(endings.terminate(by[who](dispute), dispute.id, { ground })).rejects.toMatchObject({ code: 'case.ground_not_allowed' });
    expect(await endOf(dispute.id)).toEqual([{ state: 'IN_MEDIATION', ground: null }]);
    expect(await roomStates(dispute.id)).toEqual(['open']);
  });

  it('takes no message after it, in any room', async () => {
    const dispute = await mediating();
    const rooms = await fresh.admin<{ id: string }>('SELECT id FROM rooms WHERE case_id = $1 ORDER BY id', [dispute.id]);
    const post = () =>
      fresh.db.transaction(dispute.mediator!, (tx) =>
        tx.query('SELECT outcome FROM post_messages($1)', [JSON.stringify(rooms.map(({ id }) => message(id, dispute.mediator!)))]),
      );
    expect(await post()).toEqual(rooms.map(() => ({ outcome: 'posted' })));
    await endings.terminate(dispute.b, dispute.id, {});
    expect(await post()).toEqual(rooms.map(() => ({ outcome: 'room.closed' })));
  });

  it('happens once for a double click, and once for two who leave at once', async () => {
    const clicked = await mediating();
    await Promise.all([endings.terminate(clicked.a, clicked.id, {}), endings.terminate(clicked.a, clicked.id, {})]);
    expect((await arranged.eventsOf(clicked.id)).filter((type) => type === 'case.terminated')).toHaveLength(1);
    const left = await mediating();
    const tries = await Promise.allSettled([endings.terminate(left.a, left.id, {}), endings.terminate(left.b, left.id, {})]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'case.already_decided' });
  });

  it('does not happen at all when one of its effects fails', async () => {
    const dispute = await mediating();
    effectFails = true;
    await expect(endings.terminate(dispute.a, dispute.id, { reason: 'Шаршадым' })).rejects.toThrow('an effect failed');
    expect(await endOf(dispute.id)).toEqual([{ state: 'IN_MEDIATION', ground: null }]);
    expect(await roomStates(dispute.id)).toEqual(['open']);
    expect(await arranged.openDeadlines(dispute.id)).toEqual(['MEDIATION_TERM']);
    expect(await fresh.admin('SELECT 1 FROM ending_reasons WHERE case_id = $1', [dispute.id])).toEqual([]);
  });

  it('is nobody else’s', async () => {
    const [dispute, other] = [await mediating(), await mediating()];
    const offices = await Promise.all((['administrator', 'court', 'council'] as const).map((role) => arranged.person(role)));
    const strangers: Actor[] = [
      other.a,
      other.mediator!,
      ...offices,
      { ...dispute.mediator!, role: 'citizen' },
      { id: null, role: 'visitor' },
    ];
    for (const actor of strangers) {
      for (const act of [endings.terminate, endings.withdraw, endings.decline])
        await expect(act.call(endings, actor, dispute.id, { ground: '4' }), actor.role).rejects.toMatchObject({
          code: 'not_found',
          details: {},
        });
      await expect(endings.close(actor, dispute.id), actor.role).rejects.toMatchObject({ code: 'not_found', details: {} });
    }
    expect(await endOf(dispute.id)).toEqual([{ state: 'IN_MEDIATION', ground: null }]);
  });

  it('needs a contract', async () => {
    for (const state of ['CONSENTED', 'MEDIATOR_ACCEPTED', 'CONTRACT_SIGNING'] as CaseState[]) {
      const dispute = await arranged.dispute(state);
      await expect(endings.terminate(dispute.a, dispute.id, {})).rejects.toMatchObject({ code: 'case.transition_forbidden' });
    }
  });

  it.each([1, 2, 3])('or the last word on a settlement counts, never both (try %i)', async () => {
    const dispute = await mediating();
    const paper = await agreements.sent(dispute, settlement);
    for (const actor of [dispute.a, dispute.mediator!]) await agreements.confirm(actor, paper);
    const word = await agreements.shown(dispute.b, paper);
    const services = await caseServices(fresh, { effects });
    const tries = await Promise.allSettled([
      services.confirmations.confirm(dispute.b, paper.id, word),
      endings.terminate(dispute.a, dispute.id, {}),
    ]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [ended] = (await fresh.admin(
      `SELECT c.state, c.ground, p.concluded_at IS NOT NULL AS concluded, p.abandoned_at IS NOT NULL AS abandoned FROM cases c JOIN papers p ON p.id = $2 WHERE c.id = $1`,
      [dispute.id, paper.id],
    )) as [object];
    const settled = { state: 'SETTLED_FULL', ground: '1', concluded: true, abandoned: false };
    expect(ended).toEqual(
      tries[0].status === 'fulfilled' ? settled : { state: 'TERMINATED', ground: '4', concluded: false, abandoned: true },
    );
    expect(await roomStates(dispute.id)).toEqual(['read_only']);
  });
});

describe('a reason', () => {
  const words = 'Енді шыдай алмаймын, құпия себеп';

  it('is sealed, and read by the side that gave it alone', async () => {
    const dispute = await mediating();
    const companion = await arranged.person();
    await arranged.party(dispute.id, 'A', companion, 'kk', 2);
    await endings.terminate(dispute.a, dispute.id, { reason: words });
    const [kept] = await fresh.admin<{ id: string; side: string; body_sealed: Buffer }>('SELECT * FROM ending_reasons WHERE case_id = $1', [
      dispute.id,
    ]);
    expect(kept).toMatchObject({ side: 'A' });
    expect(kept!.body_sealed.includes(Buffer.from(words))).toBe(false);
    const read = (actor: Actor) =>
      fresh.db.transaction(actor, (tx) =>
        tx.query('SELECT id, body_sealed FROM ending_reasons WHERE case_id = $1', [dispute.id]),
      ) as Promise<object[]>;
    for (const actor of [dispute.a, companion]) expect(await read(actor)).toHaveLength(1);
    const open = await fresh.db.transaction(dispute.a, (tx) =>
      fresh.keys.open(tx, { scope: 'case', id: dispute.id }, kept!.body_sealed, `ending:${kept!.id}`),
    );
    expect(open).toBe(words);
    const others: Actor[] = [
      dispute.b,
      dispute.mediator!,
      desk,
      await arranged.person('administrator'),
      await arranged.person('court'),
      { ...companion, role: 'coordinator' },
    ];
    for (const actor of others) expect(await read(actor), actor.role).toEqual([]);
    await expect(
      fresh.workerDb.transaction({ id: null, role: 'system' }, (tx) => tx.query('SELECT 1 FROM ending_reasons')),
    ).rejects.toThrow();
    expect(JSON.stringify(await fresh.admin('SELECT data FROM events WHERE case_id = $1', [dispute.id]))).not.toContain('құпия');
  });

  it('of the mediator and of the desk is nobody else’s', async () => {
    for (const [who, ground] of [
      ['mediator', '2'],
      ['desk', 'T3'],
    ] as const) {
      const dispute = await mediating();
      const author = by[who](dispute);
      await endings.terminate(author, dispute.id, { ground, reason: words });
      const readers = [dispute.a, dispute.b, dispute.mediator!, desk];
      const seen = await Promise.all(
        readers.map((actor) =>
          fresh.db.transaction(actor, (tx) => tx.query('SELECT 1 FROM ending_reasons WHERE case_id = $1', [dispute.id])),
        ),
      );
      expect(readers.filter((_, index) => (seen[index] as object[]).length > 0)).toEqual([author]);
    }
  });
});

const message = (room_id: string, author: SignedIn) => ({
  id: newId(),
  room_id,
  author_id: author.id,
  author_role: author.role,
  client_id: newId(),
  body: '',
  body_mac: '',
  posted_at: fresh.clock.now(),
});
