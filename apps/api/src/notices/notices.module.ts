import { Module } from '@nestjs/common';
import { NoticesModule } from '#notifications';
import { BouncesController } from './bounces.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryHealthController } from './health.controller.js';
import { LettersController } from './letters.controller.js';
import { NoticesController } from './notices.controller.js';
import { PreviewsController } from './previews.controller.js';
import { ProofController } from './proof.controller.js';
import { PushController } from './push.controller.js';
import { NoticeSettingsController } from './settings.controller.js';
import { UnsubscriptionsController } from './unsubscriptions.controller.js';

@Module({
  imports: [NoticesModule],
  controllers: [
    NoticesController,
    NoticeSettingsController,
    DeliveriesController,
    LettersController,
    DeliveryHealthController,
    ProofController,
    PushController,
    UnsubscriptionsController,
    BouncesController,
    PreviewsController,
  ],
})
export class NoticesApi {}
