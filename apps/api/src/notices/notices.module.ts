import { Module } from '@nestjs/common';
import { NoticesModule } from '#notifications';
import { DeliveriesController } from './deliveries.controller.js';
import { NoticesController } from './notices.controller.js';

@Module({ imports: [NoticesModule], controllers: [NoticesController, DeliveriesController] })
export class NoticesApi {}
