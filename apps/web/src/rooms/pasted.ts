import type { RoomView } from '#contract';

type Copied = { text: string; roomId: string; side: NonNullable<RoomView['side']> };
/** What was copied out of a private room during this visit; in memory only. */
let copied: Copied | null = null;

/** Shorter than this, words are alike by chance. */
const tellingLength = 8;
/** Typed words are alike sooner than pasted ones: a greeting is nobody's secret. */
export const typedLength = 24;
const plain = (text: string) => text.toLocaleLowerCase('kk').replace(/\s+/g, ' ').trim();

export function remember(room: RoomView, text: string) {
  copied = room.side && text.trim() ? { text: plain(text), roomId: room.id, side: room.side } : null;
}

export type KnownRoom = { room: RoomView; bodies: string[] };

/**
 * Out of which other private room a text comes that was pasted, dropped or typed: as it was copied, or as it stands in a message there.
 * What the joint room knows is no secret. `least`: words shorter than this are alike by chance.
 */
export function privateSourceOf(written: string, into: RoomView, known: KnownRoom[], least = 0): NonNullable<RoomView['side']> | null {
  const text = plain(written);
  const open = known.flatMap(({ room, bodies }) => (room.kind === 'joint' ? bodies.map(plain) : []));
  const isOpen = (words: string) => open.some((body) => body.includes(words));
  if (!text || isOpen(text)) return null;
  if (copied && copied.roomId !== into.id && isShared(copied.text, text, least)) return copied.side;
  const telling = Math.max(least, tellingLength);
  const others = known.filter(({ room }) => room.side && room.id !== into.id);
  const isFrom = (body: string) => !isOpen(body) && isShared(body, text, telling);
  return others.find(({ bodies }) => bodies.some((body) => isFrom(plain(body))))?.room.side ?? null;
}

/** A part of a message, or a whole message inside what was written. */
const isShared = (body: string, text: string, least: number) =>
  (text.length >= least && body.includes(text)) || (body.length >= least && text.includes(body));
