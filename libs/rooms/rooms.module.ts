import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { EditsService } from './edits.service.js';
import { HandoversService } from './handovers.service.js';
import { MessageFeed } from './message.feed.js';
import { MessageWriter } from './message.writer.js';
import { ModerationService } from './moderation.service.js';
import { NotesService } from './notes.service.js';
import { ReleasesService } from './releases.service.js';
import { RoomExports } from './room.export.js';
import { RoomKeys } from './room.keys.js';
import { RoomSearch } from './room.search.js';
import { RoomsOpening } from './rooms.opening.js';
import { RoomsService } from './rooms.service.js';

@Module({
  imports: [CasesModule],
  providers: [
    RoomsService,
    RoomsOpening,
    EditsService,
    HandoversService,
    ModerationService,
    ReleasesService,
    NotesService,
    RoomExports,
    RoomSearch,
    RoomKeys,
    MessageWriter,
    MessageFeed,
  ],
  exports: [
    RoomsService,
    RoomsOpening,
    EditsService,
    HandoversService,
    ModerationService,
    ReleasesService,
    NotesService,
    RoomExports,
    RoomSearch,
    MessageFeed,
  ],
})
export class RoomsModule {}
