import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { MessageFeed } from './message.feed.js';
import { MessageWriter } from './message.writer.js';
import { RoomKeys } from './room.keys.js';
import * as services from './rooms.services.js';

const shown = Object.values(services);

@Module({
  imports: [CasesModule],
  providers: [...shown, RoomKeys, MessageWriter, MessageFeed],
  exports: [...shown, MessageFeed],
})
export class RoomsModule {}
