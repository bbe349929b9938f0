import type { RoomView } from '#contract';

type Copied = { text: string; roomId: string; side: NonNullable<RoomView['side']> };
/** What was copied out of a private room during this visit; in memory only. */
let copied: Copied | null = null;

/** Shorter than this, words are alike by chance. */
const tellingLength = 8;
const plain = (text: string) => text.toLocaleLowerCase('kk').replace(/\s+/g, ' ').trim();

export function remember(room: RoomView, text: string) {
  copied = room.side && text.trim() ? { text: plain(text), roomId: room.id, side: room.side } : null;
}

export type KnownRoom = { room: RoomView; bodies: string[] };

/** Out of which other private room a pasted text comes: as it was copied, or as it stands in a message there. What the joint room knows is no secret. */
export function privateSourceOf(pasted: string, into: RoomView, known: KnownRoom[]): NonNullable<RoomView['side']> | null {
  const text = plain(pasted);
  if (!text || known.some(({ room, bodies }) => room.kind === 'joint' && bodies.some((body) => plain(body).includes(text)))) return null;
  if (copied && copied.roomId !== into.id && (copied.text.includes(text) || text.includes(copied.text))) return copied.side;
  if (text.length < tellingLength) return null;
  const others = known.filter(({ room }) => room.side && room.id !== into.id);
  return others.find(({ bodies }) => bodies.some((body) => isShared(plain(body), text)))?.room.side ?? null;
}

/** A part of a message, or a whole message inside what was pasted. */
const isShared = (body: string, text: string) => body.includes(text) || (body.length >= tellingLength && text.includes(body));
