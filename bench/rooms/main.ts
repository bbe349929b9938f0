import { setTimeout as pause } from 'node:timers/promises';
import { median, percentile, type Row, tell } from '../results.js';
import { Crowd } from './crowd.js';
import { cpuOf, memoryOf, openHouse, type Server } from './house.js';

/**
 * `npm run bench -- rooms [--short | --once]`: the cabinet's rooms against bare Socket.IO with one INSERT per message, and the same with group
 * commit, alternating on one machine; every peer's archive is counted.
 */
const isShort = process.argv.includes('--short') || process.argv.includes('--once');
const isOnce = process.argv.includes('--once');
const rounds = isOnce ? 1 : 3;
const [loopSeconds, rateSeconds, idle] = isShort ? [3, 3, 2_000] : [6, 8, 10_000];
const sides = ['insert', 'group', 'ours'] as const;
type Side = (typeof sides)[number];
type Sample = { perSecond: number; p50: number; p95: number; p99: number; cpu: number };
const samples: Record<string, Record<Side, Sample[]>> = {};
const kilobytes: Record<string, number[]> = { bare: [], ours: [] };

const house = await openHouse(500);
const open = (side: Side) => (side === 'ours' ? house.cabinet() : house.peer(side));

for (let round = 1; round <= rounds; round += 1) {
  await everybody(`400 sockets, closed loop`, 400, (crowd) => crowd.closedLoop(loopSeconds));
  await everybody(`400 sockets, 300 msg/s`, 400, (crowd) => crowd.atRate(300, rateSeconds));
  await everybody(`2,000 sockets, closed loop`, 2_000, (crowd) => crowd.closedLoop(loopSeconds));
}
for (let round = 0; round < (isOnce ? 0 : isShort ? 1 : rounds); round += 1) {
  kilobytes.bare!.push(await idleKilobytes(await house.peer('nothing')));
  kilobytes.ours!.push(await idleKilobytes(await house.cabinet()));
}
await house.close();
tell('rooms', rows(), { ...samples, kilobytes });
process.exit(0);

/** Each in turn on servers of its own; what it kept is counted against what was acknowledged. */
async function everybody(what: string, sockets: number, work: (crowd: Crowd) => ReturnType<Crowd['closedLoop']>) {
  for (const side of sides) {
    await house.admin.query('CHECKPOINT');
    const server = await open(side);
    const crowd = await Crowd.gather(server.port, server.seats.slice(0, sockets));
    const [before, cpuBefore] = [await server.kept(), cpuOf(server.pid, house.postmaster)];
    const { perSecond, count, latenciesMs } = await work(crowd);
    const [kept, cpu] = [(await server.kept()) - before, cpuOf(server.pid, house.postmaster) - cpuBefore];
    crowd.leave();
    await server.stop();
    if (kept < count) throw new Error(`${side} acknowledged ${count} and kept ${kept}`);
    const at = (part: number) => percentile(latenciesMs, part);
    const sample = { perSecond, p50: at(0.5), p95: at(0.95), p99: at(0.99), cpu: (cpu / kept) * 10_000 };
    samples[what] ??= { insert: [], group: [], ours: [] };
    samples[what][side].push(sample);
    console.log(
      `${what}: ${side} ${perSecond.toFixed(0)}/s, p50 ${sample.p50.toFixed(1)} p99 ${sample.p99.toFixed(1)} ms, ${sample.cpu.toFixed(2)} CPU s per 10,000`,
    );
  }
}

/** Memory that a socket in a room costs while nothing is said. */
async function idleKilobytes(server: Server): Promise<number> {
  await pause(1_000);
  const before = memoryOf(server.pid);
  const seats = Array.from({ length: idle }, (_, at) => server.seats[at % server.seats.length]!);
  const crowd = await Crowd.gather(server.port, seats);
  await pause(3_000);
  const each = (memoryOf(server.pid) - before) / idle;
  crowd.leave();
  await server.stop();
  console.log(`${idle} idle sockets: ${each.toFixed(1)} kB each`);
  return each;
}

function rows(): Row[] {
  const [loop, rate, crowd] = ['400 sockets, closed loop', '400 sockets, 300 msg/s', '2,000 sockets, closed loop'];
  const of = (what: string, side: Side, name: keyof Sample) => median(samples[what]![side].map((sample) => sample[name]));
  const versus = (what: string, unit: string, value: number, peer: number, bar: string | null, least = true): Row => {
    const ratio = value / peer;
    const limit = bar === null ? null : Number.parseFloat(bar.replace(/[^\d.]/g, ''));
    return { what, value, unit, peer, ratio, bar, pass: limit === null ? null : least ? ratio >= limit : ratio <= limit };
  };
  const kept = (side: Side) => of(crowd!, side, 'perSecond') / of(loop!, side, 'perSecond');
  return [
    versus(`${loop}, vs INSERT`, 'msg/s', of(loop!, 'ours', 'perSecond'), of(loop!, 'insert', 'perSecond'), '>= 1.2 x'),
    versus(`${loop}, vs group commit`, 'msg/s', of(loop!, 'ours', 'perSecond'), of(loop!, 'group', 'perSecond'), null),
    versus(`${crowd}, vs INSERT`, 'msg/s', of(crowd!, 'ours', 'perSecond'), of(crowd!, 'insert', 'perSecond'), null),
    versus(`${loop}: p50, vs INSERT`, 'ms', of(loop!, 'ours', 'p50'), of(loop!, 'insert', 'p50'), null),
    versus(`${loop}: p95, vs INSERT`, 'ms', of(loop!, 'ours', 'p95'), of(loop!, 'insert', 'p95'), null),
    versus(`${loop}: p99, vs INSERT`, 'ms', of(loop!, 'ours', 'p99'), of(loop!, 'insert', 'p99'), '<= 1.0 x', false),
    versus(`${rate}: p50, vs INSERT`, 'ms', of(rate!, 'ours', 'p50'), of(rate!, 'insert', 'p50'), null),
    versus(`${rate}: p95, vs INSERT`, 'ms', of(rate!, 'ours', 'p95'), of(rate!, 'insert', 'p95'), null),
    versus(`${rate}: p99, vs INSERT`, 'ms', of(rate!, 'ours', 'p99'), of(rate!, 'insert', 'p99'), '<= 1.2 x', false),
    versus('CPU of server and PostgreSQL per 10,000 messages', 's', of(loop!, 'ours', 'cpu'), of(loop!, 'insert', 'cpu'), null),
    {
      what: 'throughput kept with 2,000 sockets',
      value: kept('ours'),
      unit: 'x',
      peer: kept('insert'),
      ratio: kept('ours'),
      bar: '>= 0.65',
      pass: kept('ours') >= 0.65,
    },
    versus(`${idle} idle sockets in rooms, memory each`, 'kB', median(kilobytes.ours!), median(kilobytes.bare!), '<= 1.7 x', false),
  ];
}
