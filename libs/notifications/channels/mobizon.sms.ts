import type { Delivery, OutgoingSms, SmsPort } from '#platform';

type Settings = { url: string; key: string; from: string };
type Answer = { code?: number; data?: { messageId?: string | number } | Record<string, unknown> | null };

const wholeMs = 20_000;
const accepted = [0, 100];
/** 1, 12: a field is wrong, and stays wrong however often it is sent. Everything else (key, balance, their own trouble) may pass. */
const forEver = [1, 12];

/** Mobizon's HTTP interface (api.mobizon.kz, message/sendSmsMessage): 200 always, the code in the body tells. */
export class MobizonSms implements SmsPort {
  private readonly address: URL;

  constructor(private readonly settings: Settings) {
    this.address = new URL('/service/message/sendsmsmessage', settings.url);
    this.address.search = new URLSearchParams({ api: 'v1', apiKey: settings.key, output: 'json' }).toString();
  }

  async send({ to, text, reference }: OutgoingSms): Promise<Delivery> {
    const provider = this.address.host;
    try {
      const reply = await fetch(this.address, {
        method: 'POST',
        body: new URLSearchParams({ recipient: to.replace(/^\+/, ''), text, from: this.settings.from, 'params[name]': reference }),
        signal: AbortSignal.timeout(wholeMs),
      });
      if (!reply.ok) return { outcome: 'retry', provider, error: `http ${reply.status}` };
      return { provider, ...verdict((await reply.json()) as Answer) };
    } catch (error) {
      const { name, cause } = error as Error & { cause?: { code?: string } };
      return { outcome: 'retry', provider, error: cause?.code ?? name };
    }
  }
}

function verdict({ code = -1, data }: Answer): Omit<Delivery, 'provider'> {
  const id = data && 'messageId' in data ? String(data.messageId) : undefined;
  if (accepted.includes(code)) return { outcome: 'sent', ...(id ? { receipt: id } : {}) };
  return { outcome: forEver.includes(code) ? 'failed' : 'retry', error: `mobizon ${code}` };
}
