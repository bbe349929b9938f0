import { createTransport, type Transporter } from 'nodemailer';
import type { Delivery, MailPort, OutgoingMail } from '#platform';
import { composed } from './mime.js';

/** How many mails are under way at once, and how long one may take with one provider: a claim outlasts two (delivery/claims.ts). */
export const smtpLimits = { atOnce: 16, connectMs: 8_000, greetMs: 8_000, silentMs: 15_000, wholeMs: 25_000, restMs: 30_000 };

/** What nodemailer tells of a failure. */
type SmtpError = Error & {
  code?: string;
  responseCode?: number;
  response?: string;
  timeoutType?: string;
  syscall?: string;
  command?: string;
};
type Verdict = 'never' | 'elsewhere' | 'later';

/**
 * SMTP with a pool per provider. What a provider surely did not take goes to the next one at once; what may have been taken (the line
 * broke after the text was sent) waits for a later try, with the same Message-ID, so that a mail box can tell the repeat.
 */
export class SmtpMail implements MailPort {
  private readonly providers: { name: string; transport: Transporter; restsUntil: number }[];

  private resting: ReadonlySet<string> = new Set();

  constructor(urls: string[]) {
    this.providers = urls.map((url) => ({ name: new URL(url).host, transport: pool(url), restsUntil: 0 }));
  }

  async send({ calendar, ...mail }: OutgoingMail): Promise<Delivery> {
    const whole = calendar ? { ...mail, icalEvent: { ...calendar, filename: 'appointment.ics' } } : (composed(mail) ?? mail);
    let last: Delivery = { outcome: 'retry', provider: 'smtp', error: 'no_provider' };
    for (const provider of this.inOrder()) {
      try {
        const { response } = await within(smtpLimits.wholeMs, (signal) => provider.transport.sendMail({ ...whole, signal }));
        provider.restsUntil = 0;
        return { outcome: 'sent', provider: provider.name, receipt: withoutAddress(response ?? '') };
      } catch (caught) {
        const error = caught as SmtpError;
        const verdict = judge(error);
        last = { outcome: verdict === 'never' ? 'failed' : 'retry', provider: provider.name, error: codeOf(error) };
        if (verdict !== 'elsewhere') return last;
        if (error.responseCode === undefined) provider.restsUntil = Date.now() + smtpLimits.restMs;
      }
    }
    return last;
  }

  close() {
    for (const { transport } of this.providers) transport.close();
  }

  rest(providers: ReadonlySet<string>) {
    this.resting = providers;
  }

  /** Who does not even answer is asked last for a while, and whom the house lets rest for as long as it says. */
  private inOrder() {
    const rests = ({ name, restsUntil }: { name: string; restsUntil: number }) => restsUntil > Date.now() || this.resting.has(name);
    return [...this.providers.filter((one) => !rests(one)), ...this.providers.filter(rests)];
  }
}

/** A limit that costs nothing once it is not needed: a signal's own timer would outlive thousands of mails. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ms);
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
  }
}

const pool = (url: string) =>
  createTransport({
    url,
    pool: true,
    maxConnections: smtpLimits.atOnce,
    maxMessages: 1_000,
    maxRequeues: 0, // the pool's own retry could send twice what we send again
    connectionTimeout: smtpLimits.connectMs,
    greetingTimeout: smtpLimits.greetMs,
    socketTimeout: smtpLimits.silentMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** RFC 5321 4.2.1: 5yz to the recipient or the text is for ever, 4yz for now. A refusal of us (greeting, sign-in, sender) says nothing of the mail. */
function judge({ code = '', responseCode = 0, timeoutType = '', syscall, command }: SmtpError): Verdict {
  const isOfMail = (code === 'EENVELOPE' && command !== 'MAIL FROM') || code === 'EMESSAGE';
  if (isOfMail && responseCode >= 500) return 'never';
  if (responseCode >= 400) return 'elsewhere';
  const neverConnected = ['EDNS', 'EAUTH', 'ETLS'].includes(code) || ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT'].includes(timeoutType);
  return neverConnected || syscall === 'connect' ? 'elsewhere' : 'later';
}

/** Codes only: what a server writes around them may quote the address. */
function codeOf({ code, responseCode, response = '', name }: SmtpError): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response)?.[1];
  return [responseCode, enhanced, code ?? name].filter(Boolean).join(' ');
}

const withoutAddress = (text: string) => text.replaceAll(/<?[^\s<>]+@[^\s<>]+>?/g, '…').slice(0, 200);
