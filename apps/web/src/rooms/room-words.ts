import type { RoomView, Side } from '#contract';
import type { TextKey } from '#language';
import type { RoomShape } from '../parts/room-frame.js';
import { type Say, useText } from '../words.js';

export type RoomWords = ReturnType<typeof wordsOf>;
type Member = RoomView['members'][number];

/** How a room is called and who hears, as its reader stands to it: a party is told of "your" room, a mediator of whose it is. */
export function useRoomWords(room: RoomView, selfId: string): RoomWords {
  const t = useText('rooms');
  return wordsOf(t, room, selfId);
}

/** The name alone, for a list of many rooms. */
export function useRoomName(selfId: string): (room: RoomView) => string {
  const t = useText('rooms');
  return (room) => wordsOf(t, room, selfId).title;
}

const leading: readonly string[] = ['mediator', 'co_mediator'];
export const isMediatorIn = (room: RoomView, selfId: string) => leading.includes(memberOf(room, selfId)?.capacity ?? '');
export const isGuestIn = (room: RoomView, selfId: string) => ['interpreter', 'observer'].includes(memberOf(room, selfId)?.capacity ?? '');

export const sideIn = (room: RoomView, personId: string): Side | null => memberOf(room, personId)?.side ?? null;
const memberOf = (room: RoomView, personId: string) => room.members.find((one) => one.personId === personId);

/** Open lines where both sides are, a side's own shape where only one is. */
export const shapeOf = ({ kind, side }: RoomView): RoomShape => (kind === 'joint' || (kind === 'sub' && !side) ? 'joint' : (side ?? 'A'));

/** Everybody but the reader and the one who leads: whose ears a room has. */
const namesOf = (members: Member[]) => members.map(({ name }) => name).join(', ');
const othersIn = (room: RoomView, selfId: string) =>
  room.members.filter(({ personId, capacity }) => personId !== selfId && capacity !== 'mediator');

function wordsOf(t: Say<'rooms'>, room: RoomView, selfId: string) {
  const shape = shapeOf(room);
  const tone = shape === 'joint' ? ('primary' as const) : (shape.toLowerCase() as 'a' | 'b');
  const others = namesOf(othersIn(room, selfId));
  return { shape, tone, ...wordsFor(t, room, { selfId, shape, others }) };
}

type Reading = { selfId: string; shape: RoomShape; others: string };

function wordsFor(t: Say<'rooms'>, room: RoomView, reading: Reading) {
  if (room.kind === 'consultation') return consultationWords(t, room, reading.selfId);
  if (isMediatorIn(room, reading.selfId)) return mediatorsWords(t, room, reading);
  if (isGuestIn(room, reading.selfId)) return guestsWords(t, room, reading);
  return partysWords(t, room, reading);
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

function mediatorsWords(t: Say<'rooms'>, room: RoomView, { selfId, shape, others }: Reading) {
  const parties = namesOf(room.members.filter(({ capacity }) => capacity === 'party'));
  const place = { empty: t(room.kind === 'joint' ? 'rooms.empty' : 'rooms.empty.caucus'), paused: t('rooms.paused.own') };
  if (room.kind === 'sub')
    return {
      ...place,
      title: t('rooms.sub.of', { names: parties }),
      audience: t('rooms.hears.one', { name: others }),
      label: t('rooms.label.sub'),
      send: t('rooms.send.sub'),
      will: t('rooms.will.some', { names: others }),
    };
  const of = shape === 'joint' ? 'both' : shape;
  const also = namesOf(room.members.filter(({ personId, capacity }) => personId !== selfId && capacity !== 'party'));
  return {
    ...place,
    title: shape === 'joint' ? t('parts.room.joint') : t(`rooms.caucus.${shape}`),
    audience:
      shape === 'joint' ? withOthers(t, t('rooms.hears.both'), also) : t('rooms.hears.one', { name: namesOf(othersOf(room, selfId)) }),
    label: t(`rooms.label.${of}`),
    send: t(`rooms.send.${of}`),
    will: t(`rooms.will.${of}`),
  };
}
const othersOf = (room: RoomView, selfId: string) => room.members.filter(({ personId }) => personId !== selfId);
const withOthers = (t: Say<'rooms'>, audience: string, also: string) =>
  also ? `${audience} ${t('rooms.hears.also', { names: also })}` : audience;

function guestsWords(t: Say<'rooms'>, room: RoomView, { shape }: Reading) {
  const isJoint = room.kind === 'joint';
  return {
    title: isJoint ? t('parts.room.joint') : room.kind === 'sub' ? t('rooms.sub') : t(`rooms.caucus.${shape === 'B' ? 'B' : 'A'}`),
    audience: t('rooms.hears.guest'),
    label: t(isJoint ? 'rooms.label.joint' : 'rooms.label.here'),
    send: t(isJoint ? 'rooms.send.joint' : 'rooms.send.here'),
    will: t('rooms.will.here'),
    empty: t('rooms.empty.sub'),
    paused: t('rooms.paused'),
  };
}

function partysWords(t: Say<'rooms'>, room: RoomView, { selfId, others }: Reading) {
  const isJoint = room.kind === 'joint';
  const of = isJoint ? (`joint.${sideIn(room, selfId) ?? 'A'}` as const) : 'own';
  const place = isJoint ? 'joint' : room.kind === 'sub' ? 'sub' : others ? 'side' : 'own';
  const also = namesOf(room.members.filter(({ capacity }) => capacity !== 'party' && capacity !== 'mediator'));
  const own = sideIn(room, selfId);
  const isMany = isJoint && room.members.filter(({ side }) => side !== null && side === own).length > 1;
  const base = t(isMany ? 'rooms.hears.joint.many' : (`rooms.hears.${of}` as TextKey<'rooms'>));
  return {
    title: t(isJoint ? 'parts.room.joint' : room.kind === 'sub' ? 'rooms.sub' : 'parts.room.caucus'),
    audience: isJoint ? withOthers(t, base, also) : others ? t('rooms.hears.some', { names: others }) : base,
    label: t(`rooms.label.${place}`),
    send: t(`rooms.send.${place}`),
    will:
      !isJoint && others
        ? t('rooms.will.ours', { names: others })
        : isMany
          ? t('rooms.will.here')
          : t(`rooms.will.${of}` as TextKey<'rooms'>),
    empty: t(isJoint ? 'rooms.empty' : room.kind === 'sub' ? 'rooms.empty.sub' : 'rooms.empty.own'),
    paused: t('rooms.paused'),
  };
}
