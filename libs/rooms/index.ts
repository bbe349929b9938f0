export { EditsService } from './edits.service.js';
export { ModerationService } from './moderation.service.js';
export { MessageFeed, type Posted } from './message.feed.js';
export { RoomsModule } from './rooms.module.js';
export { RoomsOpening } from './rooms.opening.js';
export { type FoundRoom, RoomsService } from './rooms.service.js';
