import { EditsService } from './edits.service.js';
import { GuestsService } from './guests.service.js';
import { HandoversService } from './handovers.service.js';
import { JointRoomService } from './joint-room.service.js';
import { ModerationService } from './moderation.service.js';
import { NotesService } from './notes.service.js';
import { ReleasesService } from './releases.service.js';
import { RoomExports } from './room.export.js';
import { RoomRecords } from './room.record.js';
import { RoomSearch } from './room.search.js';
import { RoomsOpening } from './rooms.opening.js';
import { RoomsService } from './rooms.service.js';
import { SubRoomsService } from './sub-rooms.service.js';

/** What the module makes and the door shows. */
export const services = [
  EditsService,
  GuestsService,
  HandoversService,
  JointRoomService,
  ModerationService,
  NotesService,
  ReleasesService,
  RoomExports,
  RoomRecords,
  RoomSearch,
  RoomsOpening,
  RoomsService,
  SubRoomsService,
];
export {
  EditsService,
  GuestsService,
  HandoversService,
  JointRoomService,
  ModerationService,
  NotesService,
  ReleasesService,
  RoomExports,
  RoomRecords,
  RoomSearch,
  RoomsOpening,
  RoomsService,
  SubRoomsService,
};
