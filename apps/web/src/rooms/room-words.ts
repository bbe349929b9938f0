import type { RoomView, Side } from '#contract';
import type { TextKey } from '#language';
import type { RoomShape } from '../parts/room-frame.js';
import { type Say, useText } from '../words.js';

export type RoomWords = ReturnType<typeof wordsOf>;

/** How a room is called and who hears, as its reader stands to it: a party is told of "your" room, a mediator of whose it is. */
export function useRoomWords(room: RoomView, selfId: string): RoomWords {
  const t = useText('rooms');
  return wordsOf(t, room, selfId);
}

export const isMediatorIn = (room: RoomView, selfId: string) =>
  room.members.find(({ personId }) => personId === selfId)?.capacity === 'mediator';

export const sideIn = (room: RoomView, personId: string): Side | null =>
  room.members.find((one) => one.personId === personId)?.side ?? null;

function wordsOf(t: Say<'rooms'>, room: RoomView, selfId: string) {
  const shape: RoomShape = room.kind === 'joint' ? 'joint' : (room.side ?? 'A');
  const tone = shape === 'joint' ? ('primary' as const) : (shape.toLowerCase() as 'a' | 'b');
  if (room.kind === 'consultation') return { shape, tone, ...consultationWords(t, room, selfId) };
  return { shape, tone, ...(isMediatorIn(room, selfId) ? mediatorsWords(t, room, shape) : partysWords(t, room, selfId)) };
}

/** Two people, and nobody's side: who asks, and the mediator on duty. */
function consultationWords(t: Say<'rooms'>, room: RoomView, selfId: string) {
  const asker = room.members.find(({ capacity }) => capacity === 'asker');
  const isMediator = isMediatorIn(room, selfId);
  return {
    title: t('parts.room.consultation'),
    audience: isMediator ? t('rooms.hears.one', { name: asker?.name ?? '' }) : t('rooms.consultation.hears.asker'),
    label: t(isMediator ? 'rooms.consultation.label.mediator' : 'rooms.consultation.label'),
    send: t(isMediator ? 'rooms.consultation.send.mediator' : 'rooms.send.own'),
    will: t(isMediator ? 'rooms.consultation.will.mediator' : 'rooms.will.own'),
    empty: t(isMediator ? 'rooms.empty.caucus' : 'rooms.consultation.empty'),
    paused: t(isMediator ? 'rooms.paused.own' : 'rooms.paused'),
  };
}

function mediatorsWords(t: Say<'rooms'>, room: RoomView, shape: RoomShape) {
  const others = room.members.filter(({ capacity }) => capacity !== 'mediator').map(({ name }) => name);
  const of = shape === 'joint' ? 'both' : shape;
  return {
    title: shape === 'joint' ? t('parts.room.joint') : t(`rooms.caucus.${shape}`),
    audience: shape === 'joint' ? t('rooms.hears.both') : t('rooms.hears.one', { name: others.join(', ') }),
    label: t(`rooms.label.${of}`),
    send: t(`rooms.send.${of}`),
    will: t(`rooms.will.${of}`),
    empty: t(shape === 'joint' ? 'rooms.empty' : 'rooms.empty.caucus'),
    paused: t('rooms.paused.own'),
  };
}

function partysWords(t: Say<'rooms'>, room: RoomView, selfId: string) {
  const isJoint = room.kind === 'joint';
  const of = isJoint ? (`joint.${sideIn(room, selfId) ?? 'A'}` as const) : 'own';
  const place = isJoint ? 'joint' : 'own';
  return {
    title: t(isJoint ? 'parts.room.joint' : 'parts.room.caucus'),
    audience: t(`rooms.hears.${of}` as TextKey<'rooms'>),
    label: t(`rooms.label.${place}`),
    send: t(`rooms.send.${place}`),
    will: t(`rooms.will.${of}` as TextKey<'rooms'>),
    empty: t(isJoint ? 'rooms.empty' : 'rooms.empty.own'),
    paused: t('rooms.paused'),
  };
}
