import { Module } from '@nestjs/common';
import { PeopleModule } from '#people';
import { BouncesService } from './bounces.service.js';
import { DeliveriesService } from './deliveries.service.js';
import { LettersService } from './letters.service.js';
import { NoticesService } from './notices.service.js';
import { PreviewsService } from './previews.service.js';
import { HealthService } from './proof/health.service.js';
import { ProofService } from './proof/proof.service.js';
import { PushService } from './push.service.js';
import { NoticeSettingsService } from './settings.service.js';

const services = [
  BouncesService,
  DeliveriesService,
  HealthService,
  LettersService,
  NoticesService,
  NoticeSettingsService,
  PreviewsService,
  ProofService,
  PushService,
];

/** The api's half: reading what was planned and sent, and what people want of it. It sends nothing. */
@Module({ imports: [PeopleModule], providers: services, exports: services })
export class NoticesModule {}
export {
  BouncesService,
  DeliveriesService,
  HealthService,
  LettersService,
  NoticeSettingsService,
  NoticesService,
  PreviewsService,
  ProofService,
  PushService,
};
