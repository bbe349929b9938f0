import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { type MessageView, type RoomView, RoomViews } from '#contract';
import { call } from '../api.js';
import { orNothing } from '../live/or-nothing.js';
import { useSession, whenSignedOut } from '../session.js';
import type { Kept } from './kept.js';
import type { KnownRoom } from './pasted.js';
import { RoomClient } from './room-client.js';

/** Rooms of this visit, with their drafts and what is on its way: in memory, and one person's. On a device of one's own what is unsent lies there, too. */
const known = new Map<string, RoomClient>();
let owner: string | null = null;
let key: string | null = null;
let store: Promise<Kept | null> = Promise.resolve(null);

/** Returns how much was written and not said. */
function forgetRooms(): number {
  const unsaid = [...known.values()].reduce((sum, client) => sum + client.unsaid, 0);
  for (const client of known.values()) client.forget();
  known.clear();
  window.removeEventListener('beforeunload', ask);
  [store, key] = [Promise.resolve(null), null];
  return unsaid;
}
whenSignedOut(forgetRooms);

/** A page that is closed takes along what lives in it alone, whichever room shows. */
function ask(event: BeforeUnloadEvent) {
  if ([...known.values()].some(({ atRisk }) => atRisk > 0)) event.preventDefault();
}

function clientOf(room: RoomView, selfId: string, deviceKey: string | null): RoomClient {
  if (owner !== selfId) forgetRooms();
  owner = selfId;
  if (deviceKey && deviceKey !== key) sealWith(deviceKey, selfId);
  const client = known.get(room.id) ?? new RoomClient(room, selfId, store);
  if (known.size === 0) window.addEventListener('beforeunload', ask);
  known.set(room.id, client);
  return client;
}

/** The first of this visit, or that of another role. */
function sealWith(deviceKey: string, selfId: string) {
  if (key === null) store = openKept(deviceKey, selfId).catch(() => null);
  else void store.then((kept) => kept?.takeKey(deviceKey)).catch(() => undefined);
  key = deviceKey;
}

/** A device that is nobody's own has no use for it. */
const openKept = async (deviceKey: string, selfId: string) => (await import('./kept.js')).Kept.open(deviceKey, selfId);

/** What this page knows of the rooms' messages. */
export const knownBodies = (rooms: RoomView[]): KnownRoom[] =>
  rooms.map((room) => ({
    room,
    bodies:
      known
        .get(room.id)
        ?.snapshot()
        .messages.map(({ body }) => body) ?? [],
  }));

export const roomsKey = (caseId: string) => ['rooms', caseId];

/** The rooms of a case that are the asker's own: to anybody else there is none. */
export const useRooms = (caseId: string, isOpened = true) =>
  useQuery({ queryKey: roomsKey(caseId), queryFn: () => orNothing(call(RoomViews, `/cases/${caseId}/rooms`)), enabled: isOpened });

/** A room entered for as long as the component stands. */
export function useRoom(room: RoomView, selfId: string) {
  const cache = useQueryClient();
  const client = clientOf(room, selfId, useSession()?.deviceKey ?? null);
  const state = useSyncExternalStore(client.subscribe, client.snapshot);
  const { caseId } = room;

  useEffect(() => client.hold(), [client]);
  useEffect(() => {
    if (state.changes > 0) void cache.invalidateQueries({ queryKey: roomsKey(caseId ?? room.id) });
  }, [cache, caseId, room.id, state.changes]);

  return { client, state, unread: unreadOf(room, state.messages, state.readSeq, selfId) };
}

/** Counted here where the page knows the log back to the mark; before that, as the server counted. */
function unreadOf(room: RoomView, messages: MessageView[], readSeq: number, selfId: string): number {
  const first = messages[0]?.seq ?? 1;
  const isKnown = messages.length > 0 && first <= readSeq + 1;
  const from = isKnown ? readSeq : Math.max(room.lastSeq, readSeq);
  const since = messages.filter(({ seq, authorId }) => seq > from && authorId !== selfId).length;
  return isKnown || readSeq > room.readSeq ? since : room.unread + since;
}
