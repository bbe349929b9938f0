import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { MessageFeed } from './message.feed.js';
import { MessageWriter } from './message.writer.js';
import { RoomKeys } from './room.keys.js';
import { RoomsOpening } from './rooms.opening.js';
import { RoomsService } from './rooms.service.js';

@Module({
  imports: [CasesModule],
  providers: [RoomsService, RoomsOpening, RoomKeys, MessageWriter, MessageFeed],
  exports: [RoomsService, RoomsOpening, MessageFeed],
})
export class RoomsModule {}
