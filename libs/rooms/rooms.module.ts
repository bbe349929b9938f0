import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { EditsService } from './edits.service.js';
import { MessageFeed } from './message.feed.js';
import { MessageWriter } from './message.writer.js';
import { ModerationService } from './moderation.service.js';
import { RoomKeys } from './room.keys.js';
import { RoomsOpening } from './rooms.opening.js';
import { RoomsService } from './rooms.service.js';

@Module({
  imports: [CasesModule],
  providers: [RoomsService, RoomsOpening, EditsService, ModerationService, RoomKeys, MessageWriter, MessageFeed],
  exports: [RoomsService, RoomsOpening, EditsService, ModerationService, MessageFeed],
})
export class RoomsModule {}
