import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseAction, caseActions, type CaseState, caseStates, grounds, liveStates } from '#contract';
import {
  actorKinds,
  clockChange,
  courtNextActor,
  deadlineOf,
  groundsFor,
  guards,
  lifecycle,
  mayMove,
  move,
  movesFrom,
  nextActor,
} from './case.lifecycle.js';
import { deadlineCodes } from './deadline.rules.js';

const follow = (...actions: CaseAction[]) => actions.reduce<CaseState>(move, 'DRAFT');
const toContract: CaseAction[] = [
  'submit',
  'invite',
  'consent',
  'offer_mediator',
  'accept_offer',
  'draft_contract',
  'send_contract',
  'conclude_contract',
];

describe('a case', () => {
  it.each<[string, CaseAction[], CaseState]>([
    [
      'settles in full and is performed',
      [
        ...toContract,
        'draft_settlement',
        'send_settlement',
        'conclude_settlement_full',
        'start_performance',
        'confirm_performance',
        'close',
        'archive',
      ],
      'ARCHIVED',
    ],
    [
      'settles in part at court',
      [
        ...toContract,
        'extend',
        'draft_settlement',
        'send_settlement',
        'conclude_settlement_partial',
        'send_to_court',
        'court_approve',
        'start_performance',
      ],
      'PERFORMING',
    ],
    [
      'is refused by the court and drafts anew',
      [
        ...toContract,
        'draft_settlement',
        'send_settlement',
        'conclude_settlement_full',
        'send_to_court',
        'court_refuse',
        'resume_settlement',
      ],
      'SETTLEMENT_DRAFT',
    ],
    ['is left midway', [...toContract, 'terminate', 'close'], 'CLOSED'],
    ['is declined, asked again, and never answered', ['submit', 'invite', 'decline', 'reinvite', 'expire_invitation'], 'NO_RESPONSE'],
    ['comes back for completion', ['submit', 'return', 'resubmit', 'invite'], 'INVITED'],
    ['is refused', ['submit', 'refuse', 'close'], 'CLOSED'],
    ['is withdrawn', ['submit', 'invite', 'consent', 'withdraw'], 'WITHDRAWN'],
    [
      'waits for another mediator',
      ['submit', 'invite', 'consent', 'offer_mediator', 'decline_offer', 'offer_mediator', 'expire_offer'],
      'CONSENTED',
    ],
    ['loses its mediator and ends without one', [...toContract, 'replace_mediator', 'terminate'], 'TERMINATED'],
    [
      'is breached',
      [
        ...toContract,
        'draft_settlement',
        'send_settlement',
        'conclude_settlement_full',
        'start_performance',
        'claim_breach',
        'confirm_breach',
      ],
      'BREACHED',
    ],
  ])('%s', (_, actions, end) => {
    expect(follow(...actions)).toBe(end);
  });

  it.each<[CaseState, CaseAction]>([
    ['IN_MEDIATION', 'withdraw'],
    ['SUBMITTED', 'consent'],
    ['DRAFT', 'conclude_contract'],
    ['CONSENTED', 'conclude_contract'],
    ['INVITED', 'terminate'],
    ['EXTENDED', 'extend'],
    ['TERMINATED', 'draft_settlement'],
    ['ARCHIVED', 'close'],
    ['CLOSED', 'reinvite'],
  ])('in %s refuses %s', (state, action) => {
    expect(() => move(state, action)).toThrow(
      expect.objectContaining({ code: 'case.transition_forbidden', details: { from: state, action } }),
    );
  });
});

it('whoever does whatever in any order, a live case has a contract', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...caseActions), { maxLength: 200 }), (tried) => {
      let state: CaseState = 'DRAFT';
      let isContracted = false;
      for (const action of tried) {
        if (!lifecycle[state][action]) continue;
        state = move(state, action);
        isContracted ||= action === 'conclude_contract';
        expect(caseStates).toContain(state);
        if ((liveStates as readonly CaseState[]).includes(state)) expect(isContracted).toBe(true);
      }
    }),
  );
});

describe('who may', () => {
  it('each move of a party who is free to leave has its name', () => {
    expect(movesFrom('INVITED', 'invited')).toEqual(['consent', 'decline']);
    expect(movesFrom('IN_MEDIATION', 'invited')).toEqual(['extend', 'terminate']);
    expect(movesFrom('CONTRACT_SIGNING', 'invited')).toEqual(['decline', 'conclude_contract']);
    expect(movesFrom('SUBMITTED', 'applicant')).toEqual(['withdraw']);
    expect(movesFrom('MEDIATOR_OFFERED', 'mediator')).toEqual(['accept_offer', 'decline_offer']);
  });

  it('while a mediator is replaced the contract stands: sides end by a ground, an offered mediator cannot', () => {
    expect(movesFrom('MEDIATOR_OFFERED', 'applicant', false)).toEqual(['withdraw']);
    expect(movesFrom('MEDIATOR_OFFERED', 'applicant', true)).toEqual(['terminate']);
    expect(movesFrom('MEDIATOR_OFFERED', 'invited', true)).toEqual(['terminate']);
    expect(movesFrom('MEDIATOR_OFFERED', 'mediator', true)).toEqual(['accept_offer', 'decline_offer']);
    expect(movesFrom('CONTRACT_DRAFT', 'mediator', true)).toEqual(['send_contract', 'terminate', 'replace_mediator']);
    expect(movesFrom('CONTRACT_SIGNING', 'coordinator', true)).toEqual(['terminate', 'replace_mediator']);
    expect(movesFrom('CONTRACT_SIGNING', 'coordinator', false)).toEqual(['replace_mediator', 'close']);
  });

  it('a second coordinator refuses, and nobody else', () => {
    expect(actorKinds.filter((kind) => mayMove(kind, 'SUBMITTED', 'refuse'))).toEqual(['second_coordinator']);
  });

  it('the court refers, rules on settlements and breaches, and touches nothing else', () => {
    const moves = caseStates.flatMap((state) => movesFrom(state, 'court').map((action) => `${state} ${action}`));
    expect(moves).toEqual([
      'DRAFT submit',
      'AT_COURT court_approve',
      'AT_COURT court_refuse',
      'COURT_APPROVED court_refuse',
      'COURT_REFUSED court_approve',
      'BREACH_CLAIMED confirm_performance',
      'BREACH_CLAIMED confirm_breach',
    ]);
  });

  it('the house neither consents, signs nor settles for anybody', () => {
    const words: CaseAction[] = [
      'consent',
      'decline',
      'withdraw',
      'conclude_contract',
      'conclude_settlement_full',
      'conclude_settlement_partial',
      'extend',
    ];
    for (const state of caseStates)
      for (const action of words) expect(mayMove('coordinator', state, action) || mayMove('system', state, action)).toBe(false);
  });

  it('time alone expires an invitation, returns an offer, ends a term, starts performance and closes', () => {
    const moves = new Set(caseStates.flatMap((state) => movesFrom(state, 'system')));
    expect([...moves].toSorted()).toEqual([
      'accept_offer', // when all parties have answered what the mediator disclosed
      'archive',
      'close',
      'decline_offer',
      'expire_invitation',
      'expire_offer',
      'offer_mediator',
      'start_performance',
      'terminate',
    ]);
  });

  it('every waiting state lets somebody move', () => {
    for (const state of caseStates.filter((state) => state !== 'ARCHIVED')) {
      expect(
        actorKinds.flatMap((kind) => movesFrom(state, kind)),
        state,
      ).not.toEqual([]);
    }
  });
});

describe('grounds', () => {
  it.each([
    ['applicant', ['4']],
    ['invited', ['4']],
    ['mediator', ['2', '3']],
    ['system', ['5']],
    ['coordinator', ['T1', 'T2', 'T3']],
    ['court', []],
  ] as const)('%s may end mediation by %j', (kind, expected) => {
    expect(groundsFor('IN_MEDIATION', 'terminate', kind)).toEqual(expected);
  });

  it('a settlement carries ground 1, other moves none', () => {
    expect(groundsFor('SETTLEMENT_SIGNING', 'conclude_settlement_partial', 'invited')).toEqual(['1']);
    expect(groundsFor('SETTLEMENT_SIGNING', 'conclude_settlement_partial', 'coordinator')).toEqual([]);
    expect(groundsFor('INVITED', 'decline', 'invited')).toEqual([]);
  });

  it('each is somebody’s to name', () => {
    const named = caseStates.flatMap((state) =>
      caseActions.flatMap((action) => actorKinds.flatMap((kind) => groundsFor(state, action, kind))),
    );
    expect(new Set(named)).toEqual(new Set(grounds));
  });
});

it('uses every guard it names', () => {
  const used = caseStates.flatMap((state) => Object.values(lifecycle[state]).flatMap(({ guards = [] }) => guards));
  expect([...new Set(used)].toSorted()).toEqual(Object.keys(guards).toSorted());
});

describe('who acts next', () => {
  it('is somebody who can', () => {
    const kinds = {
      party_a: ['applicant'],
      party_b: ['invited'],
      participants: ['applicant', 'invited', 'mediator', 'system'],
      mediator: ['mediator'],
      house: ['coordinator'],
      court: ['court'],
      nobody: actorKinds,
    } as const;
    for (const state of caseStates.filter((state) => state !== 'ARCHIVED')) {
      expect(
        kinds[nextActor(state)].some((kind) => movesFrom(state, kind).length > 0),
        state,
      ).toBe(true);
    }
  });

  it.each([
    ['RETURNED', 'party_a'],
    ['INVITED', 'party_b'],
    ['CONSENTED', 'house'],
    ['MEDIATOR_OFFERED', 'mediator'],
    ['CONTRACT_SIGNING', 'participants'],
    ['AT_COURT', 'court'],
    ['TERMINATED', 'nobody'],
  ] as const)('in %s is %s', (state, actor) => {
    expect(nextActor(state)).toBe(actor);
  });

  it('names no side to a court', () => {
    expect([...new Set(caseStates.map(courtNextActor))].toSorted()).toEqual(['court', 'house', 'mediator', 'nobody', 'participants']);
    expect([courtNextActor('INVITED'), courtNextActor('RETURNED'), courtNextActor('IN_MEDIATION')]).toEqual(
      Array.from({ length: 3 }, () => 'participants'),
    );
  });
});

describe('clocks', () => {
  it('of a state are rules that exist', () => {
    for (const state of caseStates) expect([null, ...deadlineCodes]).toContain(deadlineOf(state));
  });

  it.each<[CaseState, CaseState, boolean, ReturnType<typeof clockChange>]>([
    ['DRAFT', 'SUBMITTED', false, { stop: ['DRAFT_AUTODELETE'], start: 'SCREENING' }],
    ['INVITED', 'CONSENTED', false, { stop: ['PROPOSAL_ANSWER'], start: 'CHOOSE_MEDIATOR' }],
    ['CONTRACT_SIGNING', 'IN_MEDIATION', false, { stop: ['CONTRACT_SIGNING'], start: 'MEDIATION_TERM' }],
    ['IN_MEDIATION', 'EXTENDED', true, { stop: ['MEDIATION_TERM'], start: 'MEDIATION_EXTENSION' }],
    ['EXTENDED', 'SETTLEMENT_DRAFT', true, { stop: [], start: null }],
    ['SETTLEMENT_SIGNING', 'IN_MEDIATION', true, { stop: [], start: null }],
    ['IN_MEDIATION', 'CONSENTED', true, { stop: [], start: 'CHOOSE_MEDIATOR' }],
    ['CONTRACT_SIGNING', 'IN_MEDIATION', true, { stop: ['CONTRACT_SIGNING'], start: null }],
    ['CONSENTED', 'TERMINATED', true, { stop: ['CHOOSE_MEDIATOR', 'MEDIATION_TERM', 'MEDIATION_EXTENSION'], start: null }],
    ['CONSENTED', 'WITHDRAWN', false, { stop: ['CHOOSE_MEDIATOR'], start: null }],
    ['SETTLEMENT_SIGNING', 'SETTLED_FULL', true, { stop: ['MEDIATION_TERM', 'MEDIATION_EXTENSION'], start: null }],
    ['COURT_REFUSED', 'SETTLEMENT_DRAFT', true, { stop: [], start: 'MEDIATION_TERM' }],
    ['CLOSED', 'ARCHIVED', true, { stop: [], start: 'RETENTION_CASE' }],
  ])('from %s to %s, under contract %s', (from, to, underContract, change) => {
    expect(clockChange(from, to, underContract)).toEqual(change);
  });
});
