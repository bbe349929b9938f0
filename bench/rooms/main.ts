import { setTimeout as pause } from 'node:timers/promises';
import { median, percentile, type Row, tell } from '../results.js';
import { Crowd } from './crowd.js';
import { provideEjabberd } from './ejabberd.js';
import { cpuOf, memoryOf, openHouse, type Server } from './house.js';
import { idleRow, rowsOf, type Sample, type Side } from './rows.js';

/**
 * `npm run bench -- rooms [PART ...] [--short | --once]`: the cabinet's rooms against bare Socket.IO with one INSERT per message, and the
 * same with group commit, alternating on one machine; every archive is counted. Parts: loop, rate, crowd, idle, search, and only when
 * named ejabberd, whose packages are installed for it. A part takes its place among the rows of the last whole run.
 */
const isShort = process.argv.includes('--short') || process.argv.includes('--once');
const asked = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const parts = asked.length > 0 ? asked : ['loop', 'rate', 'crowd', 'idle', 'search'];
const rounds = process.argv.includes('--once') ? 1 : 3;
const [loopSeconds, rateSeconds] = isShort ? [3, 4] : [6, 8];
const idle = process.argv.includes('--once') ? 2_000 : 10_000;
const bare: Side[] = ['insert', 'group', 'ours'];
const peers: Side[] = ['ejabberd', 'ours'];
const samples: Record<string, Partial<Record<Side, Sample[]>>> = {};

if (parts.includes('ejabberd')) provideEjabberd();
const house = await openHouse(500);
const loop = (crowd: Crowd) => crowd.closedLoop(loopSeconds);
const rate = (crowd: Crowd) => crowd.atRate(300, rateSeconds);
const rows: Row[] = [];
for (let round = 1; round <= rounds; round += 1) {
  if (parts.includes('loop')) await everybody('400 sockets, closed loop', bare, 400, loop);
  if (parts.includes('rate')) await everybody('400 sockets, 300 msg/s', bare, 400, rate);
  if (parts.includes('crowd')) await everybody('2,000 sockets, closed loop', bare, 2_000, loop);
  if (parts.includes('ejabberd')) {
    await everybody('ejabberd, 400 sockets, closed loop', peers, 400, loop);
    await everybody('ejabberd, 2,000 sockets, closed loop', peers, 2_000, loop);
    if (!isShort) await everybody('ejabberd, 400 sockets, 300 msg/s', peers, 400, rate);
  }
}
rows.push(...rowsOf(samples));
const kilobytes: Record<'bare' | 'ours', number[]> = { bare: [], ours: [] };
if (parts.includes('idle')) {
  for (let round = 0; round < (isShort ? 1 : rounds); round += 1) {
    kilobytes.bare.push(await idleKilobytes(await house.peer('nothing')));
    kilobytes.ours.push(await idleKilobytes(await house.cabinet()));
  }
  rows.push(idleRow(idle, kilobytes));
}
if (parts.includes('search')) rows.push(...(await search()));
await house.close();
tell('rooms', rows, { ...samples, ...(kilobytes.ours.length > 0 ? { kilobytes } : {}) }, { isPart: asked.length > 0 });
process.exit(0);

function open(side: Side): Promise<Server> {
  if (side === 'ours') return house.cabinet();
  return side === 'ejabberd' ? house.ejabberd() : house.peer(side);
}

/** Each in turn on a server of its own; what it kept is counted against what was heard by all. */
async function everybody(what: string, sides: Side[], sockets: number, work: (crowd: Crowd) => ReturnType<Crowd['closedLoop']>) {
  for (const side of sides) {
    await house.admin.query('CHECKPOINT');
    const server = await open(side);
    const crowd = await Crowd.gather(server, server.seats.slice(0, sockets));
    const [before, cpuBefore] = [await server.kept(), cpuOf(server.pid, house.postmaster)];
    const { perSecond, count, latenciesMs } = await work(crowd);
    const [kept, cpu] = [(await server.kept()) - before, cpuOf(server.pid, house.postmaster) - cpuBefore];
    crowd.leave();
    await server.stop();
    if (kept < count) throw new Error(`${side} told ${count} to all and kept ${kept}`);
    const at = (part: number) => percentile(latenciesMs, part);
    const sample = { perSecond, p50: at(0.5), p95: at(0.95), p99: at(0.99), cpu: (cpu / kept) * 10_000 };
    ((samples[what] ??= {})[side] ??= []).push(sample);
    console.log(
      `${what}: ${side} ${perSecond.toFixed(0)}/s, p50 ${sample.p50.toFixed(1)} p99 ${sample.p99.toFixed(1)} ms, ${sample.cpu.toFixed(2)} CPU s per 10,000, ${kept} kept`,
    );
  }
}

/** Memory that a socket in a room costs while nothing is said. */
async function idleKilobytes(server: Server): Promise<number> {
  await pause(1_000);
  const before = memoryOf(server.pid);
  const seats = Array.from({ length: idle }, (_, at) => server.seats[at % server.seats.length]!);
  const crowd = await Crowd.gather(server, seats);
  await pause(3_000);
  const each = (memoryOf(server.pid) - before) / idle;
  crowd.leave();
  await server.stop();
  console.log(`${idle} idle sockets: ${each.toFixed(1)} kB each`);
  return each;
}

/** One member after the other looks for words that are there, and for words that are not, in a room of 10,000 messages; then one takes all of it away. */
async function search(): Promise<Row[]> {
  const caseId = await house.fill(10_000);
  const server = await house.cabinet();
  const took: number[] = [];
  for (let n = 0; n < (isShort ? 10 : 200); n += 1) {
    const begun = performance.now();
    const reply = await fetch(`http://127.0.0.1:${server.port}/api/cases/${caseId}/message-searches`, {
      method: 'POST',
      headers: { ...server.seats[n % 4]!.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ words: ['қарыз пәтер', 'жоқсөз', 'шекара'][n % 3] }),
    });
    if (reply.status !== 200) throw new Error(`search: ${reply.status} ${await reply.text()}`);
    await reply.json();
    took.push(performance.now() - begun);
  }
  const taken = await takeAway(server, caseId);
  await server.stop();
  console.log(`search: p50 ${median(took).toFixed(0)} p95 ${percentile(took, 0.95).toFixed(0)} ms`);
  const alone = { peer: null, ratio: null, bar: null, pass: null };
  return [
    { what: 'search over 10,000 messages: p95', value: percentile(took, 0.95), unit: 'ms', ...alone },
    { what: 'export of 10,000 messages as PDF', value: taken.seconds, unit: 's', ...alone },
    { what: 'the longest another request waits for it', value: taken.othersWaitedMs, unit: 'ms', ...alone },
  ];
}

/** The whole room as a paper, while somebody else asks something small all the time. */
async function takeAway(server: Server, caseId: string) {
  const taking = new AbortController();
  let othersWaitedMs = 0;
  const asking = (async () => {
    while (!taking.signal.aborted) {
      const begun = performance.now();
      await (await fetch(`http://127.0.0.1:${server.port}/api/health`)).text();
      othersWaitedMs = Math.max(othersWaitedMs, performance.now() - begun);
      await pause(20);
    }
  })();
  const begun = performance.now();
  const reply = await fetch(`http://127.0.0.1:${server.port}/api/cases/${caseId}/room-record`, { headers: server.seats[0]!.headers });
  const pdf = await reply.arrayBuffer();
  const seconds = (performance.now() - begun) / 1_000;
  taking.abort();
  await asking;
  if (reply.status !== 200) throw new Error(`export: ${reply.status}`);
  console.log(
    `export: ${(pdf.byteLength / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s; others waited ${othersWaitedMs.toFixed(0)} ms at most`,
  );
  return { seconds, othersWaitedMs };
}
