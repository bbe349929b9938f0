import { type Attendance, dayOf, findHours, type HourRequest, instantOf, type Interval, kazakhstan, openHours, plusDays } from '#hours';
import { median, type Row, tell } from '../results.js';
import { scanSlots } from './scan.js';

/**
 * `npm run bench -- scheduling [--short]`: an hour for four people over 90 days with 200 busy intervals each, and a batch of 1,000 such
 * cases; growth of the busy intervals at 1x, 2x, 4x; beside a scan that tries slot after slot.
 */
const isShort = process.argv.includes('--short');
const [rounds, cases, scanned] = isShort ? [3, 200, 5] : [5, 1_000, 20];
const minute = 60_000;
const from = instantOf('2026-09-07', '00:00', kazakhstan.zone);
const to = instantOf(plusDays(dayOf(from, kazakhstan.zone), 90), '00:00', kazakhstan.zone);
const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '18:00' }));

/** The same numbers in every run (mulberry32). */
function numbers(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Four people, one of them with office hours and time to breathe. The busier, the shorter each interval: the calendar stays as full. */
function caseOf(seed: number, intervals: number): HourRequest {
  const next = numbers(seed);
  const busy = (): Interval[] =>
    Array.from({ length: intervals }, () => {
      const start = from + Math.floor((next() * (to - from)) / (5 * minute)) * 5 * minute;
      return { from: start, to: start + Math.max(5, Math.round((30 + next() * 120) * (200 / intervals))) * minute };
    });
  const people: Attendance[] = [
    { free: openHours(weekly, { from, to }, kazakhstan), busy: busy(), buffer: 15 },
    { busy: busy() },
    { busy: busy() },
    { busy: busy() },
  ];
  return { needs: people.map((one) => [one]), minutes: 60, from, to, count: 3, step: 5 };
}

const timed = (requests: HourRequest[], find: (request: HourRequest) => unknown) => {
  const begun = performance.now();
  for (const request of requests) find(request);
  return (performance.now() - begun) / requests.length;
};
/** The whole span is looked through: as many hours as there are, not the first three. */
const whole = (request: HourRequest): HourRequest => ({ ...request, count: 100_000 });

const samples: Record<string, number[]> = {};
const note = (name: string, value: number) => (samples[name] ??= []).push(value);
const sizes = [200, 400, 800] as const;
const batch = Array.from({ length: cases }, (_, seed) => caseOf(seed + 1, 200));
const few = Object.fromEntries(sizes.map((size) => [size, Array.from({ length: scanned }, (_, seed) => caseOf(seed + 1, size))]));
for (const request of batch.slice(0, 20)) {
  const [ours, theirs] = [JSON.stringify(findHours(request)), JSON.stringify(scanSlots(request))];
  if (ours !== theirs) throw new Error(`the two disagree:\n${ours}\n${theirs}`);
}
timed(batch.slice(0, 100).map(whole), findHours); // warm
for (let round = 0; round < rounds; round += 1) {
  note('batch', timed(batch, findHours) * batch.length);
  for (const size of sizes) {
    const requests = few[size]!.map(whole);
    note(`ours ${size}`, timed([...requests, ...requests, ...requests], findHours));
    note(`scan ${size}`, timed(requests, scanSlots));
  }
  console.log(
    `round ${round + 1}: ${sizes.map((size) => `${size}: ${samples[`ours ${size}`]!.at(-1)!.toFixed(2)} ms, scan ${samples[`scan ${size}`]!.at(-1)!.toFixed(1)} ms`).join('; ')}`,
  );
}

const of = (name: string) => median(samples[name]!);
const beside = (size: number): Row => ({
  what: `an hour for 4 people, 90 days, ${size} busy intervals each, all hours`,
  value: of(`ours ${size}`),
  unit: 'ms',
  peer: of(`scan ${size}`),
  ratio: of(`scan ${size}`) / of(`ours ${size}`),
  bar: '>= 1 x',
  pass: of(`scan ${size}`) >= of(`ours ${size}`),
});
const growth = (size: number, most: number): Row => {
  const ratio = of(`ours ${size}`) / of('ours 200');
  return {
    what: `growth from 200 to ${size} intervals`,
    value: ratio,
    unit: 'x',
    peer: of(`scan ${size}`) / of('scan 200'),
    ratio: null,
    bar: `<= ${most}`,
    pass: ratio <= most,
  };
};
tell(
  'scheduling',
  [
    ...sizes.map(beside),
    growth(400, 3),
    growth(800, 6),
    {
      what: `a batch of ${cases} such cases, three hours each`,
      value: of('batch'),
      unit: 'ms',
      peer: null,
      ratio: null,
      bar: '<= 10000',
      pass: of('batch') <= 10_000,
    },
  ],
  samples,
);
