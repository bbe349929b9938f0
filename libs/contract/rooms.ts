import { z } from 'zod';
import { Id, Instant } from './problem.js';
import { Side } from './roles.js';

export const roomKinds = ['joint', 'caucus', 'consultation'] as const;
export const messageLimit = 4000;

export const RoomMember = z.object({
  personId: Id,
  name: z.string(),
  capacity: z.enum(['party', 'mediator', 'interpreter', 'observer']),
  side: Side.nullable(),
});
export const RoomView = z.object({
  id: Id,
  caseId: Id,
  kind: z.enum(roomKinds),
  side: Side.nullable(),
  state: z.enum(['open', 'paused', 'read_only']),
  lastSeq: z.number().int(),
  readSeq: z.number().int(),
  unread: z.number().int(),
  members: z.array(RoomMember),
  mayPost: z.boolean(),
});
export type RoomView = z.infer<typeof RoomView>;
export const RoomViews = z.array(RoomView);

export const EnterRoom = z.object({ roomId: Id });
export const Entered = z.object({ lastSeq: z.number().int(), readSeq: z.number().int(), present: z.array(Id) });
/** `clientId` is made once per message by the author's device; a retry with it returns the first result, for ever. */
export const PostMessage = z.object({ roomId: Id, clientId: Id, body: z.string().max(20_000) });
export type PostMessage = z.infer<typeof PostMessage>;
export const MessageView = z.object({
  roomId: Id,
  seq: z.number().int(),
  id: Id,
  authorId: Id,
  clientId: Id,
  body: z.string(),
  postedAt: Instant,
});
export type MessageView = z.infer<typeof MessageView>;
export const MessagePage = z.object({ messages: z.array(MessageView), lastSeq: z.number().int() });
/** `after`: oldest first from there on (catching up). `before`: the newest before it (scrolling back), also oldest first. */
export const MessageQuery = z.object({
  after: z.coerce.number().int().min(0).optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MessageQuery = z.infer<typeof MessageQuery>;
export const MarkRead = z.object({ seq: z.number().int().min(0) });

/** What the server sends on namespace /rooms. Everything reaches members of the room alone. */
export type RoomServerEvents = {
  'message.posted': (message: MessageView) => void;
  'room.read': (mark: { roomId: string; personId: string; seq: number }) => void;
  'room.typing': (typing: { roomId: string; personId: string }) => void;
  'room.presence': (presence: { roomId: string; present: string[] }) => void;
  'room.changed': (change: { roomId: string }) => void;
};
type Ack<T> = (reply: T | { problem: { code: string; status: number } }) => void;
export type RoomClientEvents = {
  'room.enter': (input: z.infer<typeof EnterRoom>, ack: Ack<z.infer<typeof Entered>>) => void;
  'room.leave': (input: z.infer<typeof EnterRoom>, ack: Ack<{ left: true }>) => void;
  'message.post': (input: PostMessage, ack: Ack<MessageView>) => void;
  'room.read': (input: { roomId: string; seq: number }, ack: Ack<{ seq: number }>) => void;
  'room.type': (input: z.infer<typeof EnterRoom>) => void;
};
/** Namespace /live: hints that something the person may see has changed; the content is fetched over HTTP. */
export type LiveServerEvents = {
  'case.changed': (hint: { caseId: string }) => void;
  'caseload.changed': () => void;
  'notice.arrived': () => void;
};
