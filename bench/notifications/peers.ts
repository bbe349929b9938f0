import { setTimeout as pause } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { createTransport } from 'nodemailer';
import { newId } from '#platform';
import { Addresses } from '../../libs/notifications/texts/addresses.js';
import { writeMail } from '../../libs/notifications/texts/write.js';
import type { House } from './house.js';

const connections = 16;
/** The same mail that the cabinet sends, ready. */
const written = writeMail(
  {
    template: 'application.returned',
    language: 'kk',
    values: { number: 'M-2026-1', until: '2026-12-01T13:00:00Z' },
    caseId: newId(),
    checkCode: 'AB12CD34',
    isLegal: true,
  },
  new Addresses('https://kelisim.test'),
);
const mail = (at: number) => ({
  from: `"${written.sender}" <habar@kelisim.test>`,
  to: `person${at}@example.kz`,
  subject: written.subject,
  text: written.text,
  html: written.html,
  messageId: `<${newId()}@kelisim.test>`,
});
const pool = (url: string) => createTransport({ url, pool: true, maxConnections: connections, maxMessages: 1_000 });

/** Nothing but nodemailer: mails per second into the same server. */
export async function nodemailerAlone({ mail: { url } }: House, count: number): Promise<number> {
  const transport = pool(url);
  const begun = performance.now();
  let at = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (at < count) await transport.sendMail(mail((at += 1)));
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  transport.close();
  return count / seconds;
}

/** A queue of ids before it, and no database: what a plain BullMQ service would do. */
export async function bullmqAndNodemailer({ mail: { url }, redis }: House, count: number): Promise<number> {
  const transport = pool(url);
  const connection = () => new Redis(redis.url, { maxRetriesPerRequest: null });
  const [asking, taking] = [connection(), connection()];
  const queue = new Queue('peer', { connection: asking });
  const begun = performance.now();
  const done = { sent: 0 };
  const worker = new Worker<{ at: number }>(
    'peer',
    async ({ data }) => {
      await transport.sendMail(mail(data.at));
      done.sent += 1;
    },
    { connection: taking, concurrency: connections, removeOnComplete: { count: 0 } },
  );
  for (let from = 0; from < count; from += 500)
    await queue.addBulk(Array.from({ length: Math.min(500, count - from) }, (_, at) => ({ name: 'send', data: { at: from + at } })));
  while (done.sent < count) await pause(5);
  const seconds = (performance.now() - begun) / 1000;
  await worker.close();
  transport.close();
  await queue.obliterate({ force: true }).catch(() => undefined);
  asking.disconnect();
  taking.disconnect();
  return count / seconds;
}
