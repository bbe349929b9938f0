import { setTimeout as pause } from 'node:timers/promises';
import { median, percentile, type Row, tell } from '../results.js';
import { cpuOf, happen, type House, memoryOf, openHouse, startApi, startWorker } from './house.js';
import { bullmqAndNodemailer, nodemailerAlone } from './peers.js';

/** `npm run bench -- notifications [--short]`: commit to SMTP hand-over, idle and in bulk, against nodemailer alone and BullMQ in the same run. */
const isShort = process.argv.includes('--short');
const [bulk, rounds, singles, flood] = isShort ? [1_500, 3, 100, 10_000] : [4_000, 3, 400, 100_000];
const samples: Record<string, number[]> = { alone: [], bullmq: [], ours: [], idleMs: [], floodRssMb: [] };

const house = await openHouse(500);
let worker = await startWorker(house.env());
const api = await startApi(await house.api());
const cabinet = async (count: number) => {
  const before = house.mail.arrived.size;
  await happen(house, count);
  const begun = performance.now(); // committed
  await house.mail.until(before + count);
  return count / ((performance.now() - begun) / 1000);
};

await cabinet(200); // warm
for (let round = 0; round < rounds; round += 1) {
  samples.alone!.push(await nodemailerAlone(house, bulk));
  samples.bullmq!.push(await bullmqAndNodemailer(house, bulk));
  await pause(500);
  samples.ours!.push(await cabinet(bulk));
  console.log(
    `round ${round + 1}: ${['alone', 'bullmq', 'ours'].map((name) => `${name} ${samples[name]!.at(-1)!.toFixed(0)}/s`).join(', ')}`,
  );
}

for (let single = 0; single < singles; single += 1) {
  const before = house.mail.arrived.size;
  await happen(house, 1);
  const committed = Date.now();
  await house.mail.until(before + 1);
  samples.idleMs!.push([...house.mail.arrived.values()].at(-1)! - committed);
  await pause(20);
}

const idle = { quiet: await idleCpu(), redisDown: 0, smtpDown: 0 };
await flooded();
worker.kill();
await whenDown();
await house.close();

const rate = median(samples.ours!);
const versus = (what: string, peer: number, bar: number | null): Row => ({
  what,
  value: rate,
  unit: 'mails/s',
  peer,
  ratio: rate / peer,
  bar: bar === null ? null : `>= ${bar} x`,
  pass: bar === null ? null : rate / peer >= bar,
});
const own = (what: string, value: number, unit: string, most: number | null): Row => ({
  what,
  value,
  unit,
  peer: null,
  ratio: null,
  bar: most === null ? null : `<= ${most}`,
  pass: most === null ? null : value <= most,
});
const rss = samples.floodRssMb!;
/** The middle of each fifth: what a collection has just freed or not is no growth. */
const fifth = (which: number) =>
  median(rss.slice(Math.floor((rss.length * which) / 5), Math.max(1, Math.floor((rss.length * (which + 1)) / 5))));
tell(
  'notifications',
  [
    versus('in bulk, commit to SMTP hand-over, vs nodemailer alone', median(samples.alone!), 0.5),
    versus('in bulk, vs BullMQ and nodemailer without a database', median(samples.bullmq!), null),
    own('idle, commit to SMTP hand-over, p50', percentile(samples.idleMs!, 0.5), 'ms', null),
    own('idle, commit to SMTP hand-over, p99', percentile(samples.idleMs!, 0.99), 'ms', 1_000),
    own(`memory while ${flood} queued notices drain: the last fifth above the second`, fifth(4) - fifth(1), 'MB', 30),
    own('idle CPU of api and worker', idle.quiet * 100, '% core', 5),
    own('idle CPU with Redis down', idle.redisDown * 100, '% core', 5),
    own('idle CPU with SMTP down and mails waiting', idle.smtpDown * 100, '% core', 5),
  ],
  samples,
);
process.exit(0);

async function idleCpu(seconds = isShort ? 10 : 20) {
  await pause(2_000);
  const both = () => cpuOf(worker.pid!) + cpuOf(api.pid!);
  const before = both();
  await pause(seconds * 1_000);
  return (both() - before) / seconds;
}

/** All of it is committed first; then it drains while memory is watched. */
async function flooded() {
  const before = house.mail.arrived.size;
  for (let at = 0; at < flood; at += 5_000) await happen(house, 5_000);
  while (house.mail.arrived.size < before + flood) {
    samples.floodRssMb!.push(memoryOf(worker.pid!));
    await pause(1_000);
  }
}

async function whenDown() {
  worker = await startWorker(house.env({ SMTP_URL: 'smtp://127.0.0.1:9', QUEUE_PREFIX: 'down' }));
  await happen(house as House, 200);
  await pause(5_000);
  idle.smtpDown = await idleCpu();
  await house.redis.stop();
  idle.redisDown = await idleCpu();
  worker.kill();
  api.kill();
}
