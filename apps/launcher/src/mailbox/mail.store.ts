import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { v7 } from 'uuid';

export type Envelope = { from: string; to: string[] };
export type MailSummary = Envelope & { id: string; at: string; subject: string; messageId: string | null };

/** Mails as .eml files. The envelope stands before the mail's own headers, as a receiving server writes it. */
export class MailStore {
  /** Looked into only when somebody asks, so that a burst of mails is taken at full speed. */
  private readonly summaries = new Map<string, MailSummary | undefined>();

  constructor(private readonly dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(dir).toSorted()) {
      if (name.endsWith('.eml')) this.summaries.set(name.slice(0, -'.eml'.length), undefined);
    }
  }

  add(envelope: Envelope, mail: Buffer): string {
    const id = v7();
    const head = [`Return-Path: <${envelope.from}>`, ...envelope.to.map((address) => `Delivered-To: ${address}`)];
    writeFileSync(`${this.fileOf(id)}.next`, Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n`), mail]), { mode: 0o600 });
    renameSync(`${this.fileOf(id)}.next`, this.fileOf(id));
    this.summaries.set(id, undefined);
    return id;
  }

  /** Newest first; with an address, only what was delivered to it. */
  async list(to?: string): Promise<MailSummary[]> {
    const all = await Promise.all([...this.summaries.keys()].map((id) => this.summary(id)));
    return all.filter((mail) => !to || mail.to.includes(to.toLowerCase())).toReversed();
  }

  async summary(id: string): Promise<MailSummary> {
    const summary = this.summaries.get(id) ?? (await this.summarise(id));
    this.summaries.set(id, summary);
    return summary;
  }

  has = (id: string) => this.summaries.has(id);
  raw = (id: string) => readFileSync(this.fileOf(id));
  read = (id: string): Promise<ParsedMail> => simpleParser(this.raw(id), { skipImageLinks: true });

  private readonly fileOf = (id: string) => join(this.dir, `${id}.eml`);

  private async summarise(id: string): Promise<MailSummary> {
    const mail = await this.read(id);
    const own = /^Return-Path: <(.*)>\r\n((?:Delivered-To: .*\r\n)*)/.exec(this.raw(id).toString('latin1'));
    const to = (own?.[2] ?? '')
      .split('\r\n')
      .filter(Boolean)
      .map((line) => line.slice('Delivered-To: '.length).toLowerCase());
    const from = own?.[1] ?? '';
    return { id, at: arrivalOf(id), from, to, subject: mail.subject ?? '', messageId: mail.messageId ?? null };
  }
}

/** A UUIDv7 begins with its time in milliseconds (RFC 9562, section 5.7). */
const arrivalOf = (id: string) => new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toISOString();
