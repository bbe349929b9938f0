/** A mail ready to be sent; `messageId` stays the same on every repeat. */
export type OutgoingMail = {
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  headers?: Record<string, string>;
  /** The same thing for a calendar program (text/calendar, RFC 6047). */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string };
};
export type OutgoingSms = { to: string; text: string; reference: string };
/** What a provider said: accepted with its receipt, try again later, or never. */
export type Delivery = { outcome: 'sent' | 'retry' | 'failed'; provider: string; receipt?: string; error?: string };

/** What a device is told: that there is something, nothing of what it is. */
export type OutgoingPush = { device: { endpoint: string; keys: { p256dh: string; auth: string } }; payload: string; urgent: boolean };

export interface MailPort {
  send(mail: OutgoingMail): Promise<Delivery>;
  /** These are asked last, until told otherwise. */
  rest?(providers: ReadonlySet<string>): void;
}
export interface SmsPort {
  send(sms: OutgoingSms): Promise<Delivery>;
}

export interface PushPort {
  /** `gone`: the device has ended its subscription and is not to be asked again. */
  send(push: OutgoingPush): Promise<Delivery & { gone?: boolean }>;
}

/** Cyrillic and Kazakh travel as UCS-2, 70 characters alone and 67 in each of many; plain ASCII as 160 and 153 (3GPP TS 23.038, 23.040). */
export function smsParts(text: string): number {
  const [alone, ofMany] = /^\p{ASCII}*$/u.test(text) ? [160, 153] : [70, 67];
  return text.length <= alone ? 1 : Math.ceil(text.length / ofMany);
}
