import { once } from 'node:events';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { keep, newSecret, readKept } from './kept.js';
import { freePort } from './port.js';
import { MailStore } from './mailbox/mail.store.js';
import { SmsStore } from './mailbox/sms.store.js';
import { smtpSink } from './mailbox/smtp.js';
import { mailboxRoutes } from './mailbox/web.js';

type Kept = { smtpPort: number; webPort: number; apiKey: string };

export type Mailbox = { smtpUrl: string; webUrl: string; smsUrl: string; smsKey: string; stop(): Promise<void> };

/** Mails and text messages that leave the cabinet end here, on this machine, and can be read on a page. */
export async function startMailbox(options: { dir: string; smtpPort?: number; webPort?: number; apiKey?: string }): Promise<Mailbox> {
  const dir = resolve(options.dir);
  const keptFile = join(dir, 'server.json');
  const before: Partial<Kept> = readKept<Kept>(keptFile) ?? {};
  const smtpPort = await freePort(options.smtpPort ?? before.smtpPort);
  const webPort = await freePort(options.webPort ?? before.webPort);
  const apiKey = options.apiKey ?? before.apiKey ?? newSecret();
  keep(keptFile, { smtpPort, webPort, apiKey });

  const mails = new MailStore(dir);
  const smtp = smtpSink(mails);
  smtp.on('error', () => undefined); // a client that drops its connection is no concern of the sink
  const web = createServer(mailboxRoutes({ mails, sms: new SmsStore(join(dir, 'sms')), apiKey }));
  await Promise.all([once(smtp.listen(smtpPort, '127.0.0.1'), 'listening'), once(web.listen(webPort, '127.0.0.1'), 'listening')]);

  const stop = async () => {
    web.close();
    web.closeAllConnections();
    await new Promise<void>((closed) => smtp.close(closed));
  };
  const at = `http://127.0.0.1:${webPort}`;
  return { smtpUrl: `smtp://127.0.0.1:${smtpPort}`, webUrl: at, smsUrl: at, smsKey: apiKey, stop };
}
