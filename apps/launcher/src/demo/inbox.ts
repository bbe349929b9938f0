import { setTimeout as pause } from 'node:timers/promises';

type MailSummary = { id: string; to: string[] };
type Sms = { id: string; to: string; text: string };
export type Letter = { id: string; text: string };

const patience = 45_000;

/** Reads what arrived at the local mailbox, as its owner would. */
export class Inbox {
  private readonly seen = new Set<string>();

  constructor(private readonly url: string) {}

  /** The six digits of the next unread message to an address or a phone. */
  async code(contact: string): Promise<string> {
    return (await this.next(contact, /(?<![0-9A-Za-z-])(\d{6})(?![0-9A-Za-z-])/))[1] ?? '';
  }

  /** The code of the page behind an invitation. */
  async invitation(contact: string): Promise<string> {
    return (await this.next(contact, /\/i\/([0-9A-Z-]{8,9})/i))[1] ?? '';
  }

  /** Waits for an unread message that has it, and marks the message as read. */
  async next(contact: string, pattern: RegExp): Promise<RegExpExecArray> {
    for (const until = Date.now() + patience; Date.now() < until; await pause(40)) {
      for (const letter of await this.letters(contact)) {
        const match = this.seen.has(letter.id) ? null : pattern.exec(letter.text);
        if (!match) continue;
        this.seen.add(letter.id);
        return match;
      }
    }
    throw new Error(`no message for ${contact} with ${pattern}`);
  }

  /** Everything to a contact, newest first. */
  async letters(contact: string): Promise<Letter[]> {
    if (!contact.includes('@')) return this.read<Sms[]>(`/api/sms?to=${contact.replace('+', '')}`);
    const mails = await this.read<MailSummary[]>(`/api/messages?to=${encodeURIComponent(contact)}`);
    return Promise.all(mails.map(async ({ id }) => ({ id, text: (await this.read<{ text?: string }>(`/api/messages/${id}`)).text ?? '' })));
  }

  private async read<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.url}${path}`)).json()) as T;
  }
}
