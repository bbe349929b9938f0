import { Module } from '@nestjs/common';
import { NoticesModule } from '#notifications';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryHealthController } from './health.controller.js';
import { NoticesController } from './notices.controller.js';
import { ProofController } from './proof.controller.js';
import { NoticeSettingsController } from './settings.controller.js';

@Module({
  imports: [NoticesModule],
  controllers: [NoticesController, NoticeSettingsController, DeliveriesController, DeliveryHealthController, ProofController],
})
export class NoticesApi {}
