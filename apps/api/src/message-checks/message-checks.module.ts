import { Module } from '@nestjs/common';
import { NoticesModule } from '#notifications';
import { MessageChecksController } from './message-checks.controller.js';

@Module({ imports: [NoticesModule], controllers: [MessageChecksController] })
export class MessageChecksApi {}
