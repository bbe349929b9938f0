import { describe, expect, it } from 'vitest';
import type { Language } from '#contract';
import {
  type CaseFacts,
  greedy,
  match,
  type Matching,
  type MediatorFacts,
  noTie,
  type Queue,
  rank,
  type Rules,
  rulesOf,
  rulesOn,
  whyNot,
} from '#assignment';
import { scoreOf } from './score.js';

const on = '2026-11-23';
const rules = rulesOn(on);

const asked = (id: string, values: Partial<CaseFacts> = {}): CaseFacts => ({
  id,
  district: 'oskemen',
  field: 'neighbours',
  kinds: ['professional', 'public'],
  languages: ['kk'],
  waitingDays: 0,
  ...values,
});
const mediator = (id: string, values: Partial<MediatorFacts> = {}): MediatorFacts => ({
  id,
  kind: 'public',
  languages: ['kk', 'ru'],
  fields: ['neighbours'],
  district: 'oskemen',
  capacity: 2,
  openCases: 0,
  registerEntryDate: '2021-01-03',
  status: 'active',
  statusFrom: null,
  statusUntil: null,
  certificateUntil: null,
  concluded: {},
  idleDays: 30,
  freeInDays: 1,
  ...values,
});
const inputs = (one: CaseFacts, mediators: MediatorFacts[], ties = {}) => ({
  on,
  asked: one,
  mediators,
  ties,
  rules: rules.version,
  seed: one.id,
});

/** The same numbers in every run (mulberry32). */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
const [tongues, categories, places] = [
  ['kk', 'ru', 'en'],
  ['neighbours', 'debt', 'family', 'land'],
  ['oskemen', 'ridder', 'ulan'],
] as const;

/** A random morning: some expired, some excluded, some full, some tied to a party. */
function queueOf(seed: number, cases: number, mediators: number): Queue {
  const next = numbers(seed);
  const some = <T>(of: readonly T[]) => of.filter((_, at) => at === 0 || next(2) === 0);
  const mixed = <T>(of: readonly T[]) => some(of.toSorted(() => next(3) - 1));
  const queue: Queue = {
    on,
    rules: rules.version,
    seed: `${seed}`,
    ties: {},
    cases: Array.from({ length: cases }, (_, at) =>
      asked(`c${at}`, {
        field: categories[next(4)]!,
        district: places[next(3)]!,
        languages: mixed(tongues) as Language[],
        waitingDays: next(40),
        kinds: next(4) === 0 ? ['professional'] : ['professional', 'public'],
      }),
    ),
    mediators: Array.from({ length: mediators }, (_, at) =>
      mediator(`m${at}`, {
        kind: next(2) === 0 ? 'public' : 'professional',
        certificateUntil: next(5) === 0 ? '2026-11-22' : '2027-01-01',
        languages: mixed(tongues),
        fields: mixed(categories),
        district: places[next(3)]!,
        capacity: next(4),
        openCases: next(2),
        status: next(8) === 0 ? 'excluded' : 'active',
        concluded: { [categories[next(4)]!]: next(9) },
        idleDays: next(4) === 0 ? null : next(90),
        freeInDays: next(5) === 0 ? null : next(14),
      }),
    ),
  };
  for (const { id } of queue.cases)
    if (next(3) === 0) queue.ties[id] = { [`m${next(mediators)}`]: { isParty: next(2) === 0, isTied: true, before: false } };
  return queue;
}

/** Every choice there is: as many cases as can be, then as many points. The sums are those that `match` and `greedy` tell. */
function best(queue: Queue): { count: number; total: number } {
  const value = (one: CaseFacts, other: MediatorFacts) => match({ ...queue, cases: [one], mediators: [other] }, rules);
  const left = queue.mediators.map(({ capacity, openCases }) => Math.max(0, capacity - openCases));
  const values = queue.cases.map((one) =>
    queue.mediators.map((other) => value(one, other)).map(({ pairs, total }) => (pairs.size ? total : null)),
  );
  const go = (at: number): { count: number; total: number } => {
    if (at === queue.cases.length) return { count: 0, total: 0 };
    let top = go(at + 1);
    for (const [to, points] of values[at]!.entries()) {
      if (points === null || left[to] === 0) continue;
      left[to]! -= 1;
      const rest = go(at + 1);
      left[to]! += 1;
      const found = { count: rest.count + 1, total: rest.total + points };
      if (found.count > top.count || (found.count === top.count && found.total > top.total)) top = found;
    }
    return top;
  };
  return go(0);
}
const shown = ({ pairs, total }: Matching) => ({ count: pairs.size, total });
const isWorse = (one: Matching, other: Matching) =>
  one.pairs.size < other.pairs.size || (one.pairs.size === other.pairs.size && one.total < other.total);

describe('one case', () => {
  /** By hand: 20 + 20 x 3/5 + 15 + 20 x 1/2 + 10 x 30/60 + 10 x 12/14 + 0, in thousandths; the whole part of a term is rounded first. */
  it('adds up as a person would', () => {
    const one = mediator('m', { openCases: 1, concluded: { neighbours: 3 }, idleDays: 30, freeInDays: 2 });
    const { total, terms } = scoreOf(asked('c'), one, noTie, rules);
    expect(Object.fromEntries(terms.map(({ code, points, says, n }) => [code, [points, says, n]]))).toEqual({
      language: [20_000, 'first', null],
      field: [12_000, 'some', 3],
      district: [15_000, 'same', null],
      load: [10_000, 'free', 1],
      waiting: [5_000, 'days', 30],
      hour: [8_570, 'days', 2],
      continuity: [0, 'new', null],
    });
    expect(total).toBe(70_570);
  });

  it.each<[string, Partial<MediatorFacts>, Partial<MediatorFacts>]>([
    ['who speaks the language of the case first', { languages: ['kk', 'ru'] }, { languages: ['ru', 'kk'] }],
    ['who has ended more such disputes', { concluded: { neighbours: 5 } }, { concluded: { neighbours: 1, debt: 9 } }],
    ['who is in the same district', { district: 'oskemen' }, { district: 'ridder' }],
    ['who carries less', { openCases: 0 }, { openCases: 1 }],
    ['who has waited longer', { idleDays: 50 }, { idleDays: 2 }],
    ['who has never had one', { idleDays: null }, { idleDays: 50 }],
    ['who has an hour sooner', { freeInDays: 1 }, { freeInDays: 9 }],
    ['who has an hour at all', { freeInDays: 13 }, { freeInDays: null }],
    ['near and busy before idle and far', { district: 'oskemen', idleDays: 20 }, { district: 'ridder', idleDays: 60 }],
    [
      'free before experienced, when one place of two is left',
      { openCases: 0, concluded: { neighbours: 1 } },
      { openCases: 1, concluded: { neighbours: 3 } },
    ],
  ])('puts first %s', (_, first, second) => {
    const found = rank(inputs(asked('c'), [mediator('b', second), mediator('a', first)]), rules);
    expect(found.map(({ mediatorId }) => mediatorId)).toEqual(['a', 'b']);
  });

  it.each(rules.terms.map(({ code }) => code))('golden: another weight of %s changes the sum of a known list', (code) => {
    const before = (of: Rules) =>
      rank(inputs(asked('c'), [mediator('a', { openCases: 1, concluded: { neighbours: 2 } })], { a: { ...noTie, before: true } }), of)[0]!
        .total;
    expect(before(rules)).toBe(20_000 + 8_000 + 15_000 + 10_000 + 5_000 + 9_290 + 5_000);
    const changed = { ...rules, terms: rules.terms.map((term) => (term.code === code ? { ...term, weight: term.weight + 1 } : term)) };
    expect(before(changed)).not.toBe(before(rules));
  });

  it('names who may not, and why, after those who may', () => {
    const tied = { b: { ...noTie, isTied: true } };
    const found = rank(
      inputs(asked('c'), [mediator('x', { status: 'excluded', statusFrom: on }), mediator('b'), mediator('a')], tied),
      rules,
    );
    expect(found.map(({ mediatorId, reasons }) => [mediatorId, reasons])).toEqual(
      expect.arrayContaining([
        ['a', []],
        ['x', ['excluded']],
        ['b', ['in_conflict']],
      ]),
    );
    expect(found[0]!.mediatorId).toBe('a');
  });

  it('is the same list whatever the order of asking, and by the seed alone where all is equal', () => {
    const many = Array.from({ length: 40 }, (_, at) => mediator(`m${at}`));
    const order = (seed: string, of = many) => rank({ ...inputs(asked('c'), of), seed }, rules).map(({ mediatorId }) => mediatorId);
    expect(order('one', many.toReversed())).toEqual(order('one'));
    expect(order('two')).not.toEqual(order('one'));
    expect(rank(JSON.parse(JSON.stringify(inputs(asked('c'), many))), rulesOf(rules.version))).toEqual(
      rank(inputs(asked('c'), many), rules),
    );
  });

  it('knows the rules of a day, and says so when those of an old choice are gone', () => {
    const later: Rules[] = [
      { ...rules, effective_to: '2027-01-01' },
      { ...rules, version: 'later', effective_from: '2027-01-01' },
    ];
    expect([rulesOn('2026-12-31', later).version, rulesOn('2027-01-01', later).version]).toEqual([rules.version, 'later']);
    expect(() => rulesOf('never')).toThrow(expect.objectContaining({ code: 'assignment.rules_unknown' }));
  });
});

describe('a queue', () => {
  const small = Array.from({ length: 300 }, (_, seed) => queueOf(seed + 1, 1 + (seed % 5), 1 + (seed % 4)));
  it('is as good as the best of all choices, on every small one', () => {
    for (const queue of small) expect([queue.seed, shown(match(queue, rules))]).toEqual([queue.seed, best(queue)]);
  });

  it('is never worse than case after case, on a thousand, and better on many', () => {
    let better = 0;
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const queue = queueOf(seed * 7, 12, 6);
      const [ours, theirs] = [match(queue, rules), greedy(queue, rules)];
      expect([seed, isWorse(ours, theirs)]).toEqual([seed, false]);
      if (isWorse(theirs, ours)) better += 1;
    }
    expect(better).toBeGreaterThan(100);
  });

  it('holds every hard rule, and is the same by the same seed in any order', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const queue = queueOf(seed * 13, 20, 10);
      const { pairs, total } = match(queue, rules);
      const taken = new Map<string, number>();
      for (const [caseId, mediatorId] of pairs) {
        const [one, other] = [queue.cases.find(({ id }) => id === caseId)!, queue.mediators.find(({ id }) => id === mediatorId)!];
        expect(whyNot(other, one, queue.ties[caseId]?.[mediatorId] ?? noTie, on)).toEqual([]);
        taken.set(mediatorId, (taken.get(mediatorId) ?? 0) + 1);
      }
      for (const { id, capacity, openCases } of queue.mediators)
        expect(taken.get(id) ?? 0).toBeLessThanOrEqual(Math.max(0, capacity - openCases));
      const again = match({ ...queue, cases: queue.cases.toReversed(), mediators: queue.mediators.toReversed() }, rules);
      expect([again.total, [...again.pairs].toSorted()]).toEqual([total, [...pairs].toSorted()]);
    }
  });

  it('lets the oldest go first where places are short', () => {
    const cases = [asked('young'), asked('old', { waitingDays: 20 })];
    const { pairs } = match({ on, rules: rules.version, seed: 's', ties: {}, cases, mediators: [mediator('m', { capacity: 1 })] }, rules);
    expect([...pairs]).toEqual([['old', 'm']]);
  });

  it('takes a queue of a thousand against a hundred and fifty, every rule held', () => {
    const cases = Array.from({ length: 1_000 }, (_, at) => asked(`c${at}`));
    const mediators = Array.from({ length: 150 }, (_, at) => mediator(`m${at}`, { capacity: 1 + (at % 3) }));
    const { pairs } = match({ on, rules: rules.version, seed: 's', ties: {}, cases, mediators }, rules);
    expect(pairs.size).toBe(300);
  });

  it('is empty for nobody and nothing', () => {
    const empty = { on, rules: rules.version, seed: 's', ties: {}, cases: [], mediators: [] };
    expect(match(empty, rules).pairs.size).toBe(0);
    expect(match({ ...empty, cases: [asked('c')], mediators: [mediator('m', { capacity: 0 })] }, rules).pairs.size).toBe(0);
  });
});
