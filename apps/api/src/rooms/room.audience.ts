import { Injectable } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import type { RoomClientEvents, RoomServerEvents, SignedIn } from '#contract';
import type { FoundRoom, Posted } from '#rooms';
import type { SocketData } from '../live/socket.door.js';
import { PresenceElsewhere } from './room.presence.js';
import { ToldLog } from './told.log.js';

export type RoomSocket = Socket<RoomClientEvents, RoomServerEvents, object, SocketData>;
export type RoomServer = Namespace<RoomClientEvents, RoomServerEvents, object, SocketData>;
type Entered = { members: string[]; sockets: Set<RoomSocket>; log: ToldLog; isQuiet: boolean };

/**
 * Who has entered which room through this process. An emission goes only to the sockets of persons who are members at that commit:
 * whoever was removed hears nothing, entered or not.
 */
@Injectable()
export class RoomAudience {
  private server: RoomServer;
  private readonly rooms = new Map<string, Entered>();
  private readonly away = new PresenceElsewhere();
  private presenceChanged: (roomId: string) => void = () => undefined;
  private behind: (roomId: string) => void = () => undefined;

  serve(server: RoomServer) {
    this.server = server;
  }

  /** Seated before the room is read, so that nothing falls between snapshot and subscription; the seat opens nothing by itself. */
  enter(socket: RoomSocket, roomId: string) {
    const room = this.rooms.get(roomId) ?? { members: [], sockets: new Set(), log: new ToldLog(), isQuiet: false };
    this.rooms.set(roomId, room);
    room.sockets.add(socket);
    const entered = (socket.data.entered ??= []);
    if (!entered.includes(roomId)) entered.push(roomId);
  }

  opened({ id, lastSeq, members, isQuiet }: FoundRoom) {
    const room = this.rooms.get(id);
    if (!room) return;
    room.members = members;
    room.isQuiet = isQuiet;
    room.log.startAt(lastSeq);
    room.log.hear(lastSeq);
    if (room.log.isBehind) this.behind(id);
  }

  /** Another process has told of a message; true if it is to be read. In a room that is only just being read it is looked for after that. */
  hear(roomId: string, seq: number): boolean {
    const log = this.rooms.get(roomId)?.log;
    log?.hear(seq);
    return log?.isBehind ?? false;
  }

  caughtUp(roomId: string) {
    this.rooms.get(roomId)?.log.caughtUp();
  }

  /** Told when there is more in a room than its people here were told. */
  whenBehind(told: (roomId: string) => void) {
    this.behind = told;
  }

  leave(socket: RoomSocket, roomId: string) {
    const room = this.rooms.get(roomId);
    room?.sockets.delete(socket);
    socket.data.entered = socket.data.entered?.filter((id) => id !== roomId);
    if (room?.sockets.size === 0) this.rooms.delete(roomId);
  }

  /** Takes a person who is no longer a member out of a room, on every socket. */
  remove(roomId: string, personId: string) {
    for (const socket of this.rooms.get(roomId)?.sockets ?? []) if (personOf(socket) === personId) this.leave(socket, roomId);
  }

  /** Emits what this process has not told yet, in order; returns the rooms whose log has a hole before it. */
  tell(posted: Posted[]): string[] {
    const holes = new Set<string>();
    for (const { message, members } of posted) {
      const room = this.rooms.get(message.roomId);
      if (!room) continue;
      room.members = members;
      if (room.log.take(message.seq)) this.to(message.roomId, members)?.emit('message.posted', message);
      if (room.log.hasHole) holes.add(message.roomId);
    }
    return [...holes];
  }

  tellMessage({ message, members }: Posted) {
    const room = this.rooms.get(message.roomId);
    if (!room) return;
    room.members = members;
    this.to(message.roomId, members)?.emit('message.changed', message);
  }

  tellRead(roomId: string, members: string[], personId: string, seq: number) {
    if (!this.isQuiet(roomId)) this.to(roomId, members)?.emit('room.read', { roomId, personId, seq });
  }

  tellReadToMembers(roomId: string, personId: string, seq: number) {
    this.tellRead(roomId, this.membersOf(roomId), personId, seq);
  }

  tellTyping(roomId: string, personId: string) {
    const others = this.membersOf(roomId).filter((id) => id !== personId);
    if (!this.isQuiet(roomId)) this.to(roomId, others)?.emit('room.typing', { roomId, personId });
  }

  /** Somebody came or went through this process. */
  tellPresence(roomId: string) {
    this.showPresence(roomId);
    this.presenceChanged(roomId);
  }

  whenPresenceChanges(told: (roomId: string) => void) {
    this.presenceChanged = told;
  }

  /** Who is present in a room through another process. */
  elsewhere(process: string, roomId: string, persons: string[]) {
    this.away.set(process, roomId, persons);
    this.showPresence(roomId);
  }

  /** What it kept in its last moment it may not have told: it is looked for where its people were. */
  forgetProcess(process: string) {
    for (const roomId of this.away.forget(process)) {
      this.showPresence(roomId);
      if (this.rooms.has(roomId)) this.behind(roomId);
    }
  }

  private showPresence(roomId: string) {
    if (this.rooms.has(roomId)) this.to(roomId, this.membersOf(roomId))?.emit('room.presence', { roomId, present: this.present(roomId) });
  }

  tellChanged(roomId: string) {
    this.to(roomId, this.membersOf(roomId))?.emit('room.changed', { roomId });
  }

  present(roomId: string): string[] {
    if (this.isQuiet(roomId)) return [];
    const here = new Set([...this.presentHere(roomId), ...this.away.of(roomId)]);
    return this.membersOf(roomId).filter((id) => here.has(id));
  }

  presentHere = (roomId: string): string[] => [...new Set([...(this.rooms.get(roomId)?.sockets ?? [])].map(personOf))];

  /** Everybody who has entered, to read as: row-level security decides whether he still may. */
  actors(roomId: string): SignedIn[] {
    const byPerson = new Map([...(this.rooms.get(roomId)?.sockets ?? [])].map((socket) => [personOf(socket), socket.data.asker.actor]));
    return [...byPerson.values()];
  }

  toldUpTo = (roomId: string) => this.rooms.get(roomId)?.log.head ?? null;
  hasEntered = (socket: RoomSocket, roomId: string) => this.rooms.get(roomId)?.sockets.has(socket) ?? false;
  isHere = (roomId: string, personId: string) => [...(this.rooms.get(roomId)?.sockets ?? [])].some((one) => personOf(one) === personId);
  roomsOf = (socket: RoomSocket) => socket.data.entered ?? [];
  all = () => [...this.rooms.keys()];

  /** A room that is closed keeps its log and shows no signs of life: where the sides were parted, neither sees when the other comes. */
  private isQuiet = (roomId: string) => this.rooms.get(roomId)?.isQuiet ?? false;

  private membersOf = (roomId: string) => this.rooms.get(roomId)?.members ?? [];

  /** By the sockets' own names; null where nobody listens, for to Socket.IO an empty list means everybody. */
  private to(roomId: string, members: string[]) {
    const heard: string[] = [];
    for (const socket of this.rooms.get(roomId)?.sockets ?? []) if (members.includes(personOf(socket))) heard.push(socket.id);
    return heard.length > 0 ? this.server.to(heard) : null;
  }
}

const personOf = (socket: RoomSocket) => socket.data.asker.actor.id;
