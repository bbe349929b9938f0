import { type Row, show, tell } from '../results.js';
import { filing } from './filing.js';
import { openHouse } from './house.js';
import { listAmong, p99Row } from './list.js';
import { onSlowLine } from './web.js';

/**
 * `npm run bench -- intake [filing] [list] [million] [web] [--short]`: sending an application, and a filtered page of the desk's list among 100,000 and
 * 1,000,000 cases, against bare NestJS on the same PostgreSQL and against Directus, alternating; and the first pages on a slow line (`web`). A part that is not asked for keeps its last figures.
 */
const isShort = process.argv.includes('--short');
const parts = ['filing', 'list', 'million', 'web'].filter((name) => process.argv.includes(name));
const wants = (name: string) => parts.length === 0 || parts.includes(name);
const [rounds, seconds] = isShort ? [3, 1] : [5, 4];
const [small, large] = isShort ? [10_000, 20_000] : [100_000, 1_000_000];

const rows: Row[] = [];
const samples: Record<string, number[]> = {};
const take = (done: { rows: Row[]; samples: Record<string, number[]> }) => {
  rows.push(...done.rows);
  Object.assign(samples, done.samples);
};
const house = await openHouse();
console.log(`fsync ${house.fsync}`);
process.on('uncaughtException', (error) => {
  console.error(error, house.api.said().slice(-4_000));
  process.exit(1);
});
if (wants('filing')) take(await filing(house, rounds, seconds));
if (wants('list')) take(await listAmong(house, small, rounds, seconds, true));
if (wants('million')) {
  if (!wants('list')) take(await listAmong(house, small, rounds, seconds, false));
  take(await listAmong(house, large, rounds, seconds, false));
  rows.push(...p99Row(samples, small, large));
}
if (wants('web')) take(await onSlowLine(house, rounds));
await house.close();
if (isShort) show(rows);
else tell('intake', rows, samples, { isPart: parts.length > 0 });
process.exit(0);
