import { createRequire } from 'node:module';
import type { Language } from '#contract';
import { type CaseFacts, greedy, match, type MediatorFacts, type Queue, rank, rulesOn, whyNot, noTie, scoreOf, lotOf } from '#assignment';
import { median, type Row, tell } from '../results.js';

/**
 * `npm run bench -- assignment [--short]`: a queue of 2,000 cases x 300 mediators in one batch, and one case x 5,000 mediators; growth at
 * 1x, 2x, 4x; beside case after case (greedy) and beside a textbook Hungarian algorithm (munkres-js) on the very same instances, doubled until
 * that takes longer than we wait for it.
 */
const Munkres = createRequire(import.meta.url)('munkres-js') as (costs: number[][]) => [number, number][];
const isShort = process.argv.includes('--short');
const rounds = isShort ? 1 : 3;
const on = '2026-11-23';
const rules = rulesOn(on);

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
const tongues: Language[][] = [['kk'], ['ru'], ['kk', 'ru'], ['ru', 'kk']];
const fields = ['neighbours', 'debt', 'family', 'land', 'housing', 'labour', 'consumer', 'civil'];
const districts = ['oskemen', 'ridder', 'ulan', 'altai', 'glubokoe'];

function queueOf(cases: number, mediators: number, seed = 1): Queue {
  const next = numbers(seed);
  const any = <T>(of: readonly T[]) => of[next(of.length)]!;
  const asked = (at: number): CaseFacts => ({
    id: `c${at}`,
    district: any(districts),
    field: any(fields),
    kinds: next(5) === 0 ? ['professional'] : ['professional', 'public'],
    languages: any(tongues),
    waitingDays: next(30),
  });
  const mediator = (at: number): MediatorFacts => ({
    id: `m${at}`,
    kind: next(2) === 0 ? 'public' : 'professional',
    languages: next(3) === 0 ? any(tongues) : ['kk', 'ru'],
    fields: [...new Set([any(fields), any(fields), any(fields)])],
    district: any(districts),
    capacity: 1 + next(12),
    openCases: next(3),
    registerEntryDate: '2021-01-03',
    status: next(20) === 0 ? 'suspended' : 'active',
    statusFrom: null,
    statusUntil: null,
    certificateUntil: '2027-01-01',
    concluded: { [any(fields)]: next(9), [any(fields)]: next(9) },
    idleDays: next(90),
    freeInDays: next(14),
  });
  return {
    on,
    rules: rules.version,
    seed: 'bench',
    ties: {},
    cases: Array.from({ length: cases }, (_, at) => asked(at)),
    mediators: Array.from({ length: mediators }, (_, at) => mediator(at)),
  };
}

/** The same instance for the textbook: a square of all cases and all places, what is not allowed at no gain. */
function textbook({ cases, mediators, seed }: Queue) {
  const places = mediators.flatMap((one) => Array.from({ length: Math.max(0, one.capacity - one.openCases) }, () => one));
  const value = (one: CaseFacts, other: MediatorFacts) => {
    if (whyNot(other, one, noTie, on).length > 0) return 0;
    const waited = rules.queue_day_points * Math.min(one.waitingDays, rules.queue_days);
    return (scoreOf(one, other, noTie, rules).total + waited) * 1000 + lotOf(seed, one.id, other.id);
  };
  const any = 1e9 * cases.length;
  const worth = cases.map((one) => places.map((other) => value(one, other)));
  const found = Munkres(worth.map((row) => row.map((points) => (points > 0 ? -(any + points) : 0))));
  const pairs = found.filter(([row, column]) => worth[row]![column]! > 0);
  return { count: pairs.length, total: pairs.reduce((sum, [row, column]) => sum + worth[row]![column]!, 0) };
}

const samples: Record<string, number[]> = {};
function timed<T>(name: string, work: () => T): T {
  globalThis.gc?.();
  const begun = performance.now();
  const done = work();
  (samples[name] ??= []).push(performance.now() - begun);
  return done;
}

const batches = isShort ? [[500, 75], [1_000, 150]] as const : [[500, 75], [1_000, 150], [2_000, 300]] as const; // prettier-ignore
const lists = [1_250, 2_500, 5_000];
const small = queueOf(60, 10);
/** Doubled as long as the textbook is likely to end in its time: it grows by the third to fourth power. */
const [textbookMs, growth] = [isShort ? 2_000 : 20_000, 12];
const gains: Record<string, { ours: number; greedy: number; more: number }> = {};
match(small, rules); // warm
let memory = 0;
for (let round = 0; round < rounds; round += 1) {
  for (const [cases, mediators] of batches) {
    const queue = queueOf(cases, mediators);
    const ours = timed(`batch ${cases}`, () => match(queue, rules));
    memory = Math.max(memory, process.memoryUsage().rss / 1e6);
    const theirs = timed(`greedy ${cases}`, () => greedy(queue, rules));
    gains[cases] = { ours: ours.pairs.size, greedy: theirs.pairs.size, more: ours.total / theirs.total };
  }
  for (const count of lists) {
    const { cases, mediators } = queueOf(1, count);
    timed(`list ${count}`, () => rank({ on, asked: cases[0]!, mediators, ties: {}, rules: rules.version, seed: 'bench' }, rules));
  }
}
const doubled: number[] = [];
for (let times = 1, last = 0; times <= 32 && last * growth < textbookMs; times *= 2) {
  const queue = queueOf(60 * times, 10 * times);
  doubled.push(times);
  for (let round = 0; round < (last * growth > 2_000 ? 1 : rounds); round += 1) {
    const ours = timed(`ours beside the textbook ${times}`, () => match(queue, rules));
    const book = timed(`textbook ${times}`, () => textbook(queue));
    if (ours.pairs.size !== book.count || ours.total !== book.total)
      throw new Error(`the two disagree: ${ours.pairs.size} ${ours.total}, ${book.count} ${book.total}`);
  }
  last = median(samples[`textbook ${times}`]!);
}

const of = (name: string) => median(samples[name]!);
const rows: Row[] = [];
for (const [cases, mediators] of batches) {
  const { ours, greedy: alone, more } = gains[cases]!;
  const what = `${cases} cases x ${mediators} mediators in one batch, beside greedy`;
  rows.push({
    what,
    value: of(`batch ${cases}`),
    unit: 'ms',
    peer: of(`greedy ${cases}`),
    ratio: of(`batch ${cases}`) / of(`greedy ${cases}`),
    bar: null,
    pass: null,
  });
  rows.push({
    what: `  cases with a mediator, beside greedy (${cases})`,
    value: ours,
    unit: 'cases',
    peer: alone,
    ratio: ours / alone,
    bar: '>= 1.0 x',
    pass: ours >= alone,
  });
  rows.push({
    what: `  points, beside greedy (${cases})`,
    value: more,
    unit: 'x',
    peer: 1,
    ratio: more,
    bar: ours === alone ? '>= 1.0 x' : null,
    pass: ours === alone ? more >= 1 : null,
  });
}
for (const count of lists)
  rows.push({
    what: `one case x ${count} mediators: the list with its terms`,
    value: of(`list ${count}`),
    unit: 'ms',
    peer: null,
    ratio: of(`list ${count}`) / of(`list ${lists[0]}`),
    bar: null,
    pass: null,
  });
for (const times of doubled) {
  const [ours, book] = [of(`ours beside the textbook ${times}`), of(`textbook ${times}`)];
  rows.push({
    what: `${60 * times} cases x ${10 * times} mediators beside munkres-js, the same pairs`,
    value: ours,
    unit: 'ms',
    peer: book,
    ratio: book / ours,
    bar: '>= 1.0 x',
    pass: book >= ours,
  });
  if (times === 1) continue;
  const grown = (name: string) => of(`${name} ${times}`) / of(`${name} ${times / 2}`);
  rows.push({
    what: `  grown from ${30 * times} x ${5 * times}, times as long`,
    value: grown('ours beside the textbook'),
    unit: 'x',
    peer: grown('textbook'),
    ratio: null,
    bar: null,
    pass: null,
  });
}
rows.push({ what: 'memory of the process at its most', value: memory, unit: 'MB', peer: null, ratio: null, bar: null, pass: null });
tell('assignment', rows, samples);
