import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '#platform';
import { MobizonSms } from '../channels/mobizon.sms.js';
import { SmtpMail } from '../channels/smtp.mail.js';
import { WebPush } from '../channels/web.push.js';
import { Planner } from '../planning/planner.js';
import { BacklogOf } from './backlog.js';
import { Bounces } from './bounces.js';
import { Deliverer, MAIL, PUSH, SMS } from './deliverer.js';
import { Sweeper } from './sweeper.js';

const noSms = { send: async () => ({ outcome: 'retry', provider: 'sms', error: 'no_provider' }) };
const noPush = { send: async () => ({ outcome: 'failed', provider: 'push', error: 'no_provider' }) };

function pushOf({ VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, PUSH_HOSTS, MAIL_FROM }: Config) {
  if (!VAPID_PUBLIC_KEY || !VAPID_PRIVATE_KEY) return noPush;
  return new WebPush({ publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY, subject: `mailto:${MAIL_FROM}`, hosts: PUSH_HOSTS });
}

/** The worker's half: plans what facts call for, sends it, and finds what was forgotten. */
@Module({
  providers: [
    Planner,
    Deliverer,
    Sweeper,
    BacklogOf,
    Bounces,
    { provide: MAIL, useFactory: ({ SMTP_URL = [] }: Config) => new SmtpMail(SMTP_URL), inject: [CONFIG] },
    {
      provide: SMS,
      useFactory: ({ SMS_URL, SMS_KEY, SMS_FROM }: Config) =>
        SMS_URL ? new MobizonSms({ url: SMS_URL, key: SMS_KEY, from: SMS_FROM }) : noSms,
      inject: [CONFIG],
    },
    { provide: PUSH, useFactory: pushOf, inject: [CONFIG] },
  ],
  exports: [Planner, Deliverer, Sweeper, BacklogOf, Bounces],
})
export class DeliveryModule {}
export { BacklogOf, Bounces, Deliverer, MAIL, PUSH, SMS, Sweeper };
