import type { Config, Delivery, MailPort, PushPort, SmsPort } from '#platform';
import type { Appointment } from '../delivery/appointments.js';
import type { Claimed } from '../delivery/claims.js';
import type { Reached } from '../delivery/contacts.js';
import type { Travelling } from '../planning/notice.js';
import type { Addresses } from '../texts/addresses.js';
import type { Letter } from '../texts/write.js';
import { carryMail } from './mail.channel.js';
import { carryPush } from './push.channel.js';
import { carrySms } from './sms.channel.js';
import { smtpLimits } from './smtp.mail.js';

export type Sending = { notice: Claimed; letter: Letter; reached: Reached; appointments?: Appointment[] };
/** Who takes what is written, and where this cabinet stands. */
export type Kit = {
  config: Config;
  addresses: Addresses;
  mail: MailPort;
  sms: SmsPort;
  push: PushPort;
  unsubscribe: (of: Claimed) => string;
};
export type Carried = Delivery & { gone?: string[] };
type Channel = {
  /** How many are under way at once in one worker. */
  atOnce: number;
  carry: (sending: Sending, kit: Kit) => Promise<Carried>;
};

/** How a notice leaves the house. A channel is a file and a row here; its queue: apps/worker, queues.ts. */
export const channels: Record<Travelling, Channel> = {
  email: { atOnce: smtpLimits.atOnce, carry: carryMail },
  sms: { atOnce: 4, carry: carrySms },
  push: { atOnce: 8, carry: carryPush },
};
