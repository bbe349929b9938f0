import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { MessageFeed } from './message.feed.js';
import { MessageWriter } from './message.writer.js';
import { RoomKeys } from './room.keys.js';
import { services } from './rooms.services.js';

@Module({
  imports: [CasesModule],
  providers: [...services, RoomKeys, MessageWriter, MessageFeed],
  exports: [...services, MessageFeed],
})
export class RoomsModule {}
