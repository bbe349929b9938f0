import type { MessageView } from '#contract';

/** The stretch of a room's log that this page knows: by seq, from its beginning without gap or double. What came too early waits in `beyond`. */
export type RoomLog = { from: number | null; messages: MessageView[]; beyond: MessageView[] };

/** Nothing is known yet: what is heard now waits for the first page. */
export const unopened: RoomLog = { from: null, messages: [], beyond: [] };

export const headOf = ({ from, messages }: RoomLog) => messages.at(-1)?.seq ?? (from ?? 1) - 1;
export const hasEarlier = ({ from }: RoomLog) => from !== null && from > 1;

/** The first page says where the known stretch begins. */
export const begin = (log: RoomLog, page: MessageView[]): RoomLog =>
  take({ from: page[0]?.seq ?? 1, messages: page, beyond: log.beyond }, []);

/** Adds what was heard, in whatever order and however often it came. */
export function take(log: RoomLog, heard: MessageView[]): RoomLog {
  const waiting = [...new Map([...log.beyond, ...heard].map((message) => [message.seq, message])).values()].toSorted(bySeq);
  if (log.from === null) return { ...log, beyond: waiting };
  let head = headOf(log);
  const next = waiting.filter(({ seq }) => seq === head + 1 && (head += 1));
  return { ...log, messages: next.length > 0 ? [...log.messages, ...next] : log.messages, beyond: waiting.filter(({ seq }) => seq > head) };
}

/** A message was changed or taken back: it stands in its place as it is now. */
export const change = (log: RoomLog, changed: MessageView): RoomLog => ({
  ...log,
  messages: log.messages.map((one) => (one.seq === changed.seq && (one.version ?? 0) <= (changed.version ?? 0) ? changed : one)),
  beyond: log.beyond.map((one) => (one.seq === changed.seq ? changed : one)),
});

/** Puts an earlier stretch before the known one; one that does not touch it changes nothing. */
export function takeEarlier(log: RoomLog, earlier: MessageView[]): RoomLog {
  const before = earlier.filter(({ seq }) => seq < (log.from ?? 1));
  if (before.at(-1)?.seq !== (log.from ?? 1) - 1) return log;
  return { ...log, from: before[0]!.seq, messages: [...before, ...log.messages] };
}

const bySeq = (one: MessageView, other: MessageView) => one.seq - other.seq;
