import type { MessageFile, MessageView } from '#contract';
import type { Problem } from '../api.js';
import type { Outgoing } from './outbox.js';
import type { ReadingState } from './reading.js';

/** `live`: messages come by themselves. `asking`: over HTTP every few seconds. `down`: nobody answers. */
export type LineState = 'opening' | 'live' | 'asking' | 'down';

/** A room as this page shows it. */
export type RoomState = ReadingState & {
  messages: MessageView[];
  hasEarlier: boolean;
  isOpened: boolean;
  refusal: Problem | null;
  outgoing: Outgoing[];
  /** What is on its way lies on this device, too: it survives this page. */
  isKept: boolean;
  /** The device is one's own, and has no room left. */
  isFull: boolean;
  draft: string;
  /** Files of the message that is being written; null while nobody asked for any. */
  attached: MessageFile[] | null;
  answering: MessageView | null;
  line: LineState;
  present: string[];
  typing: string[];
  /** How far others have read, as far as it was heard. */
  marks: Record<string, number>;
  /** The last message somebody else wrote while this page was open, to be read aloud. */
  heard: MessageView | null;
  /** How often the room itself changed: opened, paused, closed, other members. */
  changes: number;
};

const refusedIn = (outgoing: Outgoing[]) => outgoing.filter(({ state }) => state === 'refused').length;
const isCutOff = ({ state, code }: Outgoing) => state === 'waiting' && code === 'offline';

/** What is refused tells that the room is not what this page takes it for: it is asked for anew, so that the page does not go on inviting to write. */
export const withOutgoing = (was: RoomState, outgoing: Outgoing[]): Partial<RoomState> => ({
  outgoing,
  changes: was.changes + (refusedIn(outgoing) > refusedIn(was.outgoing) ? 1 : 0),
  ...(outgoing.length > was.outgoing.length && { isKept: false }),
  ...(outgoing.some(isCutOff) && { line: 'down' as const }),
});

export const unopenedRoom = (readSeq: number): RoomState => ({
  readSeq,
  newAfter: null,
  messages: [],
  hasEarlier: false,
  isOpened: false,
  refusal: null,
  outgoing: [],
  isKept: false,
  isFull: false,
  draft: '',
  attached: null,
  answering: null,
  line: 'opening',
  present: [],
  typing: [],
  marks: {},
  heard: null,
  changes: 0,
});
