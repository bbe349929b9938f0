import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Case } from '#cases';
import { type CaseAction, type CaseState, caseStates, type SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { DomainError } from '#platform';
import { agreementsOf } from '../../test/support/agreements.js';
import { caseServices } from '../../test/support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { from, type Intake, intakeOn } from '../../test/support/intake.js';
import { replay, type Told } from './case.history.js';

let fresh: FreshDatabase;
let intake: Intake;
let services: Awaited<ReturnType<typeof caseServices>>;
let worker: Awaited<ReturnType<typeof caseServices>>;
let [first, second]: SignedIn[] = [];
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-07T06:00:00Z');
  intake = intakeOn(fresh);
  services = await caseServices(fresh);
  worker = await caseServices(fresh, { as: 'worker' });
  [first, second] = [await intake.person('coordinator'), await intake.person('coordinator')];
});
afterAll(() => fresh.drop());

const told = (
  role: Told['role'],
  type: Told['type'],
  action: CaseAction,
  from: CaseState,
  to: CaseState,
  ground?: '1' | '4' | '5',
): Told => ({
  type,
  role,
  data: { action, from, to, ...(ground ? { ground } : {}) },
});
const toContract: Told[] = [
  told('citizen', 'case.submitted', 'submit', 'DRAFT', 'SUBMITTED'),
  told('coordinator', 'case.invited', 'invite', 'SUBMITTED', 'INVITED'),
  { type: 'invitation.opened', role: 'visitor', data: {} },
  told('citizen', 'case.consented', 'consent', 'INVITED', 'CONSENTED'),
  told('coordinator', 'offer.made', 'offer_mediator', 'CONSENTED', 'MEDIATOR_OFFERED'),
  told('mediator', 'offer.accepted', 'accept_offer', 'MEDIATOR_OFFERED', 'MEDIATOR_ACCEPTED'),
  told('mediator', 'contract.drafted', 'draft_contract', 'MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT'),
  told('mediator', 'contract.sent', 'send_contract', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING'),
  told('citizen', 'case.mediation_started', 'conclude_contract', 'CONTRACT_SIGNING', 'IN_MEDIATION'),
];
const golden: [string, Told[], CaseState][] = [
  ['a draft', [], 'DRAFT'],
  ['a case in mediation', toContract, 'IN_MEDIATION'],
  [
    'a settlement',
    [
      ...toContract,
      told('mediator', 'settlement.drafted', 'draft_settlement', 'IN_MEDIATION', 'SETTLEMENT_DRAFT'),
      told('mediator', 'settlement.sent', 'send_settlement', 'SETTLEMENT_DRAFT', 'SETTLEMENT_SIGNING'),
      told('citizen', 'case.settled', 'conclude_settlement_full', 'SETTLEMENT_SIGNING', 'SETTLED_FULL', '1'),
      told('coordinator', 'case.closed', 'close', 'SETTLED_FULL', 'CLOSED'),
    ],
    'CLOSED',
  ],
  ['a term that ran out', [...toContract, told('system', 'case.terminated', 'terminate', 'IN_MEDIATION', 'TERMINATED', '5')], 'TERMINATED'],
  ['a side that left', [...toContract, told('citizen', 'case.terminated', 'terminate', 'IN_MEDIATION', 'TERMINATED', '4')], 'TERMINATED'],
  [
    'a refusal from a court’s door',
    [
      told('court', 'case.submitted', 'submit', 'DRAFT', 'SUBMITTED'),
      { type: 'case.refusal_proposed', role: 'coordinator', data: { code: 'CRIMINAL' } },
      told('coordinator', 'case.refused', 'refuse', 'SUBMITTED', 'REFUSED_SCOPE'),
    ],
    'REFUSED_SCOPE',
  ],
];

describe('a history written by hand', () => {
  it.each(golden)('%s replays to its state', (_, log, state) => expect(replay(log)).toBe(state));

  it('is caught in whatever fact it was changed', () => {
    const changes: ((fact: Told) => Told)[] = [
      (fact) => ({ ...fact, role: 'council' }),
      (fact) => ({ ...fact, type: 'case.archived' }),
      (fact) => ({ ...fact, data: { ...fact.data, to: 'ARCHIVED' } }),
      (fact) => ({ ...fact, data: { ...fact.data, from: 'ARCHIVED' } }),
      (fact) => ({ ...fact, data: { ...fact.data, action: 'archive' } }),
      (fact) => ({ ...fact, data: { ...fact.data, ground: fact.data.ground === '1' ? '2' : '1' } }),
    ];
    for (const [, log] of golden)
      for (const [at, fact] of log.entries()) {
        if (!fact.data.action) continue;
        for (const change of changes) expect(() => replay(log.with(at, change(fact)))).toThrow(`fact ${at}`);
        if (at < log.length - 1) expect(() => replay(log.toSpliced(at, 1))).toThrow('but the case was');
      }
  });
});

const logOf = (id: string) =>
  fresh.admin<Told & { data: Told['data'] }>('SELECT type, actor_role AS role, data FROM events WHERE case_id = $1 ORDER BY seq', [id]);
const refusedOr = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : Promise.reject(error)),
  );

/** Everything anybody may try, whatever the state: most of it is refused most of the time. */
type World = { id: string; a: SignedIn; b: SignedIn | null; mediator: SignedIn };
const tries = {
  save: ({ a, id }) => intake.applications.save(a, id, { title: 'Басқа' }),
  submit: ({ a, id }) => intake.filing.file(a, id, 'submit'),
  resubmit: ({ a, id }) => intake.filing.file(a, id, 'resubmit'),
  sendBack: ({ id }) => intake.screening.decide(first!, id, { decision: 'return', notes: 'x' }),
  allow: ({ id }) => intake.screening.decide(first!, id, { decision: 'allow', summary: 'x' }),
  refuse: ({ id }) => intake.screening.decide(first!, id, { decision: 'refuse', code: 'CORRUPTION' }),
  confirm: ({ id }) => intake.screening.confirm(second!, id, true),
  reject: ({ id }) => intake.screening.confirm(second!, id, false),
  withdraw: ({ a, id }) => intake.endings.withdraw(a, id),
  reinvite: ({ id }) => intake.invitations.reinvite(first!, id),
  close: ({ id }) => intake.endings.close(first!, id),
  offer: ({ id, mediator }) => services.offers.offer(first!, id, mediator.id),
  leave: ({ b, id }) => intake.endings.decline(b ?? first!, id),
  terminate: ({ a, id }) => intake.endings.terminate(a, id, {}),
  stranger: ({ id }) => intake.filing.file(second!, id, 'submit'),
  wait: async () => {
    fresh.clock.advance({ days: 20 });
    await worker.deadlines.fireDue(1_000);
  },
  consent: async (world) => {
    const code = [...(await intake.codesOf(world.id)).values()][0] ?? '';
    const { id } = await intake.invitations.open(code, from);
    const { personId } = await intake.invitationAnswers.consent(id, await intake.consentTo(id), from);
    world.b = { id: personId!, role: 'citizen' };
  },
  accept: async ({ mediator }) => {
    const [open] = await services.offers.list(mediator);
    const declaration = { related: false, employed: false, interested: false, advised: false };
    if (open) await services.offers.answer(mediator, open.id, { answer: 'accepted', declaration });
  },
} satisfies Record<string, (world: World) => Promise<unknown>>;
type Try = keyof typeof tries;
const likely: Try[] = ['submit', 'allow', 'consent', 'offer', 'accept'];

it('whoever tries whatever in any order, the case is where the table and its log say, and each change is told once', async () => {
  const names = Object.keys(tries) as Try[];
  const attempt = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...likely) }, { weight: 1, arbitrary: fc.constantFrom(...names) });
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { minLength: 4, maxLength: 14 }), async (chosen) => {
      const world: World = { ...(await intake.draft()), b: null, mediator: await intake.mediator() };
      const states: CaseState[] = ['DRAFT'];
      for (const name of chosen) {
        await refusedOr(tries[name](world));
        const state = (await intake.stateOf(world.id))!;
        expect(caseStates).toContain(state);
        const log = await logOf(world.id);
        expect(replay(log)).toBe(state);
        if (state !== states.at(-1)) states.push(state);
        expect(log.filter(({ data }) => data.action).length).toBeGreaterThanOrEqual(states.length - 1);
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 120_000);

describe('two hundred moves at once that contradict each other', () => {
  it.each<[string, (world: World) => (() => Promise<unknown>)[]]>([
    ['on an application', (w) => [() => tries.withdraw(w), () => tries.allow(w), () => tries.sendBack(w), () => tries.refuse(w)]],
    ['on an invitation', (w) => [() => tries.withdraw(w), () => tries.consent(w), () => tries.wait(), () => tries.reinvite(w)]],
  ])('%s leave one legal history', async (kind, contradictory) => {
    fresh.clock.set('2026-09-07T06:00:00Z');
    const opened = kind.endsWith('application') ? await intake.filed() : await intake.invited({ desk: first! });
    const world: World = { ...opened, b: null, mediator: await intake.mediator() };
    const moves = contradictory(world);
    const outcomes = await Promise.all(Array.from({ length: 200 }, (_, at) => refusedOr(moves[at % moves.length]!())));
    expect(outcomes).toContain('done');
    const log = await logOf(world.id);
    expect(replay(log)).toBe(await intake.stateOf(world.id));
    const chain = await fresh.admin<{ seq: string }>('SELECT seq FROM events WHERE chain = $1 ORDER BY seq', [world.id]);
    expect(chain.map(({ seq }) => Number(seq))).toEqual(chain.map((_, at) => at + 1));
  });
});

it('a fact changed in the database no longer fits its chain', async () => {
  const { id } = await intake.filed();
  const broken = async () =>
    Number(
      (
        await fresh.admin<{ n: string }>(
          `SELECT count(*) AS n FROM events WHERE case_id = $1 AND hash <> event_hash(previous, id, chain, seq, type, actor_id, actor_role, at, data)`,
          [id],
        )
      )[0]!.n,
    );
  expect(await broken()).toBe(0);
  await expect(fresh.admin(`UPDATE events SET type = 'case.closed' WHERE case_id = $1`, [id])).rejects.toThrow();
  await fresh.admin(`ALTER TABLE events DISABLE TRIGGER events_append_only`);
  await fresh.admin(`UPDATE events SET actor_role = 'coordinator' WHERE case_id = $1 AND seq = 2`, [id]);
  await fresh.admin(`ALTER TABLE events ENABLE TRIGGER events_append_only`);
  expect(await broken()).toBe(1);
});

it('plays a whole case by the services, and its log rebuilds it', async () => {
  const agreements = agreementsOf(fresh, services);
  const dispute = await agreements.concluded(await intake.dispute('MEDIATOR_ACCEPTED'));
  await intake.endings.terminate(dispute.a, dispute.id, {});
  const log = await logOf(dispute.id);
  const before = toContract.slice(0, 6);
  expect(replay([...before, ...log])).toBe('TERMINATED');
});
