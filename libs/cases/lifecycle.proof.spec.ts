import { describe, expect, it } from 'vitest';
import { CasesModule } from './cases.module.js';
import { lifecycle, type Lifecycle } from './case.lifecycle.js';
import { printDiagram, validateLifecycle } from './lifecycle.proof.js';

it('the table holds', () => {
  expect(() => validateLifecycle()).not.toThrow();
});

it('nothing starts with a table that does not hold', () => {
  const whole = lifecycle.IN_MEDIATION;
  // Another object for the while: put back into the same one, the row would stand last, and the files after this one draw the table in its order.
  const { extend: _, ...others } = whole;
  lifecycle.IN_MEDIATION = others;
  try {
    expect(() => new CasesModule().onModuleInit()).toThrow('EXTENDED cannot be reached');
  } finally {
    lifecycle.IN_MEDIATION = whole;
  }
  expect(() => new CasesModule().onModuleInit()).not.toThrow();
});

describe('a table that does not hold is named', () => {
  const changed = (change: (table: Lifecycle) => void) => {
    const table = structuredClone(lifecycle);
    change(table);
    return () => validateLifecycle(table);
  };

  it.each<[string, (table: Lifecycle) => void, string]>([
    ['a state nobody reaches', (t) => delete t.IN_MEDIATION.extend, 'EXTENDED cannot be reached'],
    ['an action nobody uses', (t) => delete t.IN_MEDIATION.extend, 'extend is never used'],
    ['a state without a way out', (t) => (t.AT_COURT = {}), 'AT_COURT never ends'],
    ['a way out of the end', (t) => (t.ARCHIVED.reinvite = { to: 'INVITED', by: ['coordinator'] }), 'reinvite leaves the end'],
    ['a guard nobody knows', (t) => (t.DRAFT.submit!.guards = ['good_mood' as never]), 'unknown guard good_mood'],
    ['an actor nobody knows', (t) => (t.DRAFT.submit!.by = ['council' as never]), 'unknown actor council'],
    ['a move for nobody', (t) => (t.DRAFT.submit!.by = []), 'DRAFT submit: nobody may'],
    ['a state nobody knows', (t) => (t.DRAFT.submit!.to = 'LIMBO' as never), 'unknown state LIMBO'],
    ['an action nobody knows', (t) => Object.assign(t.DRAFT, { vanish: { to: 'WITHDRAWN', by: ['system'] } }), 'unknown action vanish'],
    ['a termination by ground 1', (t) => (t.IN_MEDIATION.terminate!.grounds = ['1', '4']), 'ends by ground 1,4'],
    ['a termination without a ground', (t) => (t.IN_MEDIATION.terminate!.grounds = []), 'ends by ground none'],
    ['a settlement by ground 4', (t) => (t.SETTLEMENT_SIGNING.conclude_settlement_full!.grounds = ['4']), 'carries ground 1, not 4'],
    [
      'a settlement without a ground',
      (t) => delete t.SETTLEMENT_SIGNING.conclude_settlement_partial!.grounds,
      'carries ground 1, not none',
    ],
    ['a ground that ends nothing', (t) => (t.INVITED.decline!.grounds = ['4']), 'carries ground 4 but ends nothing'],
    [
      'mediation without a contract',
      (t) => (t.CONSENTED.resume_mediation = { to: 'IN_MEDIATION', by: ['mediator'] }),
      'mediation without a contract',
    ],
  ])('%s', (_, change, problem) => {
    expect(changed(change)).toThrow(problem);
  });
});

it('prints every arrow once', () => {
  const diagram = printDiagram();
  const lines = diagram.trimEnd().split('\n');
  expect(lines.slice(0, 3)).toEqual(['stateDiagram-v2', '  [*] --> DRAFT', '  DRAFT --> SUBMITTED: submit']);
  expect(lines).toContain('  MEDIATOR_OFFERED --> CONSENTED: decline_offer, expire_offer');
  expect(lines).toContain('  IN_MEDIATION --> TERMINATED: terminate');
  expect(lines.at(-1)).toBe('  ARCHIVED --> [*]');
  const arrows = new Set(
    Object.entries(lifecycle).flatMap(([from, moves]) => Object.values(moves).map(({ to }) => `  ${from} --> ${to}:`)),
  );
  expect(lines.slice(2, -1).map((line) => line.slice(0, line.indexOf(':') + 1))).toEqual([...arrows]);
});
