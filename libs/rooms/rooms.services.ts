/** What the module makes and the door shows. */
export { EditsService } from './edits.service.js';
export { GuestsService } from './guests.service.js';
export { HandoversService } from './handovers.service.js';
export { JointRoomService } from './joint-room.service.js';
export { ModerationService } from './moderation.service.js';
export { NotesService } from './notes.service.js';
export { ReleasesService } from './releases.service.js';
export { RoomExports } from './room.export.js';
export { RoomRecords } from './room.record.js';
export { RoomSearch } from './room.search.js';
export { RoomsOpening } from './rooms.opening.js';
export { RoomsService } from './rooms.service.js';
export { SubRoomsService } from './sub-rooms.service.js';
