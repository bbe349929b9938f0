import { Module } from '@nestjs/common';
import { NoticesModule } from '#notifications';
import { DeliveriesController } from './deliveries.controller.js';
import { NoticesController } from './notices.controller.js';
import { ProofController } from './proof.controller.js';

@Module({ imports: [NoticesModule], controllers: [NoticesController, DeliveriesController, ProofController] })
export class NoticesApi {}
