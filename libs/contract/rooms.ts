import { z } from 'zod';
import { fileLimits, MessageFile } from './files.js';
import { Id, Instant } from './problem.js';
import { Side } from './roles.js';

/** A `sub` room is one the mediator opens for some: private to a side, or a smaller joint one. A consultation belongs to no case. */
export const roomKinds = ['joint', 'caucus', 'sub', 'consultation'] as const;
export const capacities = ['party', 'mediator', 'co_mediator', 'interpreter', 'observer', 'asker'] as const;
export const messageLimit = 4000;
/** How long an author may change or take back a message; the database holds the same number. */
export const editWindowMinutes = 15;

export const RoomMember = z.object({
  personId: Id,
  name: z.string(),
  capacity: z.enum(capacities),
  side: Side.nullable(),
  /** Told to oneself and to the mediator alone. */
  isMuted: z.boolean(),
});
export const RoomView = z.object({
  id: Id,
  caseId: Id.nullable(),
  kind: z.enum(roomKinds),
  side: Side.nullable(),
  state: z.enum(['open', 'paused', 'read_only']),
  lastSeq: z.number().int(),
  readSeq: z.number().int(),
  unread: z.number().int(),
  members: z.array(RoomMember),
  mayPost: z.boolean(),
  mayModerate: z.boolean(),
  /** Seconds that one author waits between two messages; null when nobody waits. */
  slowSeconds: z.number().int().nullable(),
  /** By the mediator, or left behind when another one came; not by the end of mediation. */
  isClosed: z.boolean(),
  /** Another mediator has come, who reads this private room only if its parties let him: one's own answer so far. */
  handover: z.object({ mediatorId: Id, name: z.string(), agrees: z.boolean().nullable() }).nullable(),
});
export type RoomView = z.infer<typeof RoomView>;
export const RoomViews = z.array(RoomView);

export const EnterRoom = z.object({ roomId: Id });
export const Entered = z.object({ lastSeq: z.number().int(), readSeq: z.number().int(), present: z.array(Id) });
/** `clientId` is made once per message by the author's device; a retry with it returns the first result, for ever. */
export const PostMessage = z.object({
  roomId: Id,
  clientId: Id,
  body: z.string().max(20_000),
  replyTo: Id.optional(),
  /** Files the author has uploaded to this room; with one the body may be empty. */
  fileIds: z.array(Id).max(fileLimits.perMessage).optional(),
});
export type PostMessage = z.infer<typeof PostMessage>;
export const MessageView = z.object({
  roomId: Id,
  seq: z.number().int(),
  id: Id,
  authorId: Id,
  clientId: Id,
  body: z.string(),
  postedAt: Instant,
  /** Id of the message answered, always of the same room. */
  replyTo: Id.optional(),
  files: z.array(MessageFile).optional(),
  /** How often the author changed it, and when last. */
  version: z.number().int().optional(),
  editedAt: Instant.optional(),
  /** Taken back by its author: the body is empty, the place in the log stays. */
  isRetracted: z.literal(true).optional(),
  /** In a private room: the mediator's last request to share this text, and where it would go. */
  release: z
    .object({
      id: Id,
      askedBy: Id,
      to: z.enum(['joint', 'caucus', 'sub']),
      state: z.enum(['asked', 'agreed', 'declined', 'withdrawn']),
    })
    .optional(),
  /** Where it was shared: whose words these are, and since when she agreed to it. */
  released: z.object({ authorId: Id, agreedAt: Instant }).optional(),
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
/** One's own message anew, or taken back; `version` is the one that was read, 0 for a message never changed. */
export const EditMessage = z.object({
  roomId: Id,
  seq: z.number().int().min(1),
  version: z.number().int().min(0),
  body: z.string().max(20_000),
});
export type EditMessage = z.infer<typeof EditMessage>;
export const RetractMessage = EditMessage.omit({ body: true });
export type RetractMessage = z.infer<typeof RetractMessage>;
/** The author of this text is asked to let it out of its private room, into one other room of the case. */
export const AskRelease = RetractMessage.extend({ targetId: Id });
export type AskRelease = z.infer<typeof AskRelease>;
export const AnswerRelease = z.object({ agrees: z.boolean() });
export type AnswerRelease = z.infer<typeof AnswerRelease>;
export const AnswerHandover = z.object({ agrees: z.boolean() });
export type AnswerHandover = z.infer<typeof AnswerHandover>;
/** A mediator's hand on a room. */
export const RoomSetting = z.object({
  state: z.enum(['open', 'paused', 'closed']),
  slowSeconds: z.number().int().min(5).max(3600).nullable().default(null),
});
export type RoomSetting = z.infer<typeof RoomSetting>;
/** Zero minutes lets the member write again. */
export const MuteMember = z.object({ personId: Id, minutes: z.number().int().min(0).max(1440) });
export type MuteMember = z.infer<typeof MuteMember>;
export const MarkRead = z.object({ seq: z.number().int().min(0) });

/** A mediator's private note: about a party or nobody in particular, on an issue in his own words. An empty body takes it away. */
export const WriteNote = z.object({ id: Id, partyId: Id.nullable(), issue: z.string().max(120), body: z.string().max(4000) });
export type WriteNote = z.infer<typeof WriteNote>;
export const NoteView = WriteNote.extend({ writtenAt: Instant });
export type NoteView = z.infer<typeof NoteView>;
/** Every word has to be there; Kazakh letters and their Russian look-alikes are one. */
export const SearchMessages = z.object({ words: z.string().trim().min(2).max(200) });
export type SearchMessages = z.infer<typeof SearchMessages>;
export const FoundMessages = z.object({ messages: z.array(MessageView), isAll: z.boolean() });
export type FoundMessages = z.infer<typeof FoundMessages>;
/** Of a room one could see: `hash` of each message covers it and all before it; `head` is the last one. */
export const RoomExport = z.object({
  roomId: Id,
  kind: z.enum(roomKinds),
  side: Side.nullable(),
  members: z.array(RoomMember.omit({ isMuted: true })),
  messages: z.array(MessageView.extend({ hash: z.string() })),
  head: z.string(),
});
export type RoomExport = z.infer<typeof RoomExport>;
export const CaseExport = z.object({ caseId: Id, takenAt: Instant, rooms: z.array(RoomExport) });
export type CaseExport = z.infer<typeof CaseExport>;

/** What the server sends on namespace /rooms. Everything reaches members of the room alone. */
export type RoomServerEvents = {
  'message.posted': (message: MessageView) => void;
  /** A message was changed or taken back: whoever holds it shows this one in its place. */
  'message.changed': (message: MessageView) => void;
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
  'message.edit': (input: EditMessage, ack: Ack<MessageView>) => void;
  'message.retract': (input: RetractMessage, ack: Ack<MessageView>) => void;
  'release.ask': (input: AskRelease, ack: Ack<MessageView>) => void;
  'release.answer': (input: AnswerRelease & { releaseId: string }, ack: Ack<MessageView>) => void;
  'room.read': (input: { roomId: string; seq: number }, ack: Ack<{ seq: number }>) => void;
  'room.type': (input: z.infer<typeof EnterRoom>) => void;
};
/** Namespace /live: hints that something the person may see has changed; the content is fetched over HTTP. */
export type LiveServerEvents = {
  'case.changed': (hint: { caseId: string }) => void;
  'caseload.changed': () => void;
  'notice.arrived': () => void;
};
