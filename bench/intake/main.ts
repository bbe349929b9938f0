import { fillCaseload } from '../../test/support/caseload.js';
import { median, percentile, type Row, tell } from '../results.js';
import { openHouse } from './house.js';
import { get, press } from './load.js';

/** `npm run bench -- intake [--short]`: a filtered page of the desk's list among 100,000 and 1,000,000 cases, against bare NestJS on the same rows. */
const isShort = process.argv.includes('--short');
const [sizes, rounds, seconds] = isShort ? [[100_000], 3, 2] : [[100_000, 1_000_000], 5, 4];
const kinds = ['neighbours', 'debt', 'land', 'family', 'labour', 'housing', 'consumer', 'civil'];
const piles = ['screen', 'chase', 'assign'];
const path = (at: number) => `/api/cases?queue=${piles[at % 3]}&category=${kinds[at % 8]}`;

const house = await openHouse();
console.log(`fsync ${house.fsync}`);
const samples: Record<string, number[]> = {};
const rows: Row[] = [];
const ours = (at: number) => get(house.api.port, path(at), house.cookie);
const peer = (at: number) => get(house.bare.port, path(at));
const idsOf = async (ask: typeof ours, at: number) => (await ask(at)).rows.map(({ id }) => id).join();

for (const [at, size] of sizes.entries()) {
  await house.admin.query('DROP INDEX parties_by_name'); // made anew at the end: a million names one by one would take longer than the rest
  await fillCaseload(house.admin, size, at === 0 ? 0 : sizes[at - 1]);
  await house.admin.query('CREATE INDEX parties_by_name ON parties USING gin (name_folded gin_trgm_ops)');
  await house.admin.query('VACUUM ANALYZE');
  for (let one = 0; one < 24; one += 1)
    if ((await idsOf(ours, one)) !== (await idsOf(peer, one))) throw new Error(`another page than the peer's: ${path(one)}`);
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, ask] of Object.entries({ ours, peer })) {
      const { perSecond, ms } = await press(round < 0 ? 1 : seconds, ask);
      if (round < 0) continue; // warm
      (samples[`${name} ${size} per second`] ??= []).push(perSecond);
      (samples[`${name} ${size} p99 ms`] ??= []).push(percentile(ms, 0.99));
    }
  }
  const [own, theirs] = [median(samples[`ours ${size} per second`]!), median(samples[`peer ${size} per second`]!)];
  const ratio = own / theirs;
  const what = `a filtered page of ${size.toLocaleString('en')}, with session and rights, vs bare Nest`;
  rows.push({ what, value: own, unit: 'pages/s', peer: theirs, ratio, bar: '>= 0.6 x', pass: ratio >= 0.6 });
}
const p99 = (size: number) => median(samples[`ours ${size} p99 ms`]!);
const [small = 0, large] = sizes;
if (large) {
  const ratio = p99(large) / p99(small);
  const what = `p99 of that page among ${large.toLocaleString('en')} vs ${small.toLocaleString('en')}`;
  rows.push({ what, value: p99(large), unit: 'ms', peer: p99(small), ratio, bar: '<= 1.5 x', pass: ratio <= 1.5 });
}
await house.close();
tell('intake', rows, samples);
process.exit(0);
