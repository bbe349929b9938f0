import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '#platform';
import { MobizonSms } from '../channels/mobizon.sms.js';
import { SmtpMail } from '../channels/smtp.mail.js';
import { Planner } from '../planning/planner.js';
import { BacklogOf } from './backlog.js';
import { Deliverer, MAIL, SMS } from './deliverer.js';
import { Sweeper } from './sweeper.js';

const noSms = { send: async () => ({ outcome: 'retry', provider: 'sms', error: 'no_provider' }) };

/** The worker's half: plans what facts call for, sends it, and finds what was forgotten. */
@Module({
  providers: [
    Planner,
    Deliverer,
    Sweeper,
    BacklogOf,
    { provide: MAIL, useFactory: ({ SMTP_URL = [] }: Config) => new SmtpMail(SMTP_URL), inject: [CONFIG] },
    {
      provide: SMS,
      useFactory: ({ SMS_URL, SMS_KEY, SMS_FROM }: Config) =>
        SMS_URL ? new MobizonSms({ url: SMS_URL, key: SMS_KEY, from: SMS_FROM }) : noSms,
      inject: [CONFIG],
    },
  ],
  exports: [Planner, Deliverer, Sweeper, BacklogOf],
})
export class DeliveryModule {}
