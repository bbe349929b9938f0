export { MessageFeed, type Posted } from './message.feed.js';
export { MessageWriter } from './message.writer.js';
export { RoomKeys } from './room.keys.js';
export { RoomsModule } from './rooms.module.js';
export { type FoundRoom } from './rooms.service.js';
export * from './rooms.services.js';
