import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import {
  AnswerRelease,
  AskRelease,
  EditMessage,
  EnterRoom,
  Id,
  MarkRead,
  PostMessage,
  RetractMessage,
  type RoomClientEvents,
} from '#contract';
import { EditsService, ReleasesService, RoomsService } from '#rooms';
import { type Frames, parseFrame, takeFrames } from '../live/socket.budget.js';
import { SocketDoor } from '../live/socket.door.js';
import { RoomAudience, type RoomServer, type RoomSocket } from './room.audience.js';
import { RoomSigns } from './room.signs.js';

const ReadRoom = EnterRoom.extend(MarkRead.shape);
const Answered = AnswerRelease.extend({ releaseId: Id });
const typingEvery = 2_000;
/** Until when a socket's typing has been told. */
const typed = new WeakMap<RoomSocket, number>();

/** Rooms, live. Commit first, emit second; what a socket misses it fetches by seq. */
@WebSocketGateway({ namespace: 'rooms' })
export class RoomsGateway implements OnGatewayInit {
  /** Members hear of a message, and of a change, through the feed of what was committed, whichever way it came; its author is answered after them. */
  private readonly frames = {
    'room.enter': (socket, frame) => this.enter(socket, parseFrame(socket, EnterRoom, frame).roomId),
    'room.leave': (socket, frame) => this.leave(socket, parseFrame(socket, EnterRoom, frame).roomId),
    'message.post': (socket, frame) => this.rooms.post(actorOf(socket), parseFrame(socket, PostMessage, frame)),
    'message.edit': (socket, frame) => this.edits.edit(actorOf(socket), parseFrame(socket, EditMessage, frame)),
    'message.retract': (socket, frame) => this.edits.retract(actorOf(socket), parseFrame(socket, RetractMessage, frame)),
    'release.ask': (socket, frame) => this.releases.ask(actorOf(socket), parseFrame(socket, AskRelease, frame)),
    'release.answer': (socket, frame) => {
      const { releaseId, agrees } = parseFrame(socket, Answered, frame);
      return this.releases.answer(actorOf(socket), releaseId, { agrees });
    },
    'room.read': (socket, frame) => this.read(socket, parseFrame(socket, ReadRoom, frame)),
    'room.type': (socket, frame) => this.type(socket, parseFrame(socket, EnterRoom, frame).roomId),
  } satisfies Record<keyof RoomClientEvents, (socket: RoomSocket, frame: unknown) => unknown>;

  constructor(
    private readonly rooms: RoomsService,
    private readonly edits: EditsService,
    private readonly releases: ReleasesService,
    private readonly audience: RoomAudience,
    private readonly signs: RoomSigns,
    private readonly door: SocketDoor,
  ) {}

  afterInit(server: RoomServer) {
    this.door.guard(server);
    takeFrames<RoomSocket>(server, new Map(Object.entries(this.frames)) as Frames<RoomSocket>);
    this.audience.serve(server);
  }

  handleDisconnect(socket: RoomSocket) {
    for (const roomId of this.audience.roomsOf(socket)) this.leave(socket, roomId);
  }

  private async enter(socket: RoomSocket, roomId: string) {
    const { id } = actorOf(socket);
    const wasHere = this.audience.isHere(roomId, id);
    this.audience.enter(socket, roomId);
    try {
      const found = await this.rooms.enter(actorOf(socket), roomId);
      this.audience.opened(found);
      if (!wasHere) this.audience.tellPresence(roomId);
      return { lastSeq: found.lastSeq, readSeq: found.readSeq, present: this.audience.present(roomId) };
    } catch (error) {
      this.audience.leave(socket, roomId);
      throw error;
    } finally {
      if (!socket.connected) this.handleDisconnect(socket);
    }
  }

  /** Who leaves with the last of his devices is missed; a room nobody had entered hears nothing of it. */
  private leave(socket: RoomSocket, roomId: string) {
    const { id } = actorOf(socket);
    const hadEntered = this.audience.hasEntered(socket, roomId);
    this.audience.leave(socket, roomId);
    if (hadEntered && !this.audience.isHere(roomId, id)) this.audience.tellPresence(roomId);
    return { left: true };
  }

  private async read(socket: RoomSocket, { roomId, seq: upTo }: { roomId: string; seq: number }) {
    const { seq, members } = await this.rooms.markRead(actorOf(socket), roomId, upTo);
    this.signs.read(roomId, members, actorOf(socket).id, seq);
    return { seq };
  }

  /** Who is a member is read anew each time: typing is told to them alone, and rarely enough. */
  private async type(socket: RoomSocket, roomId: string) {
    const now = performance.now();
    if (!this.audience.hasEntered(socket, roomId) || now < (typed.get(socket) ?? 0)) return;
    typed.set(socket, now + typingEvery);
    this.audience.opened(await this.rooms.enter(actorOf(socket), roomId));
    this.signs.typing(roomId, actorOf(socket).id);
  }
}

const actorOf = (socket: RoomSocket) => socket.data.asker.actor;
