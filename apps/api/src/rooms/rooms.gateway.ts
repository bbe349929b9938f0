import { UseFilters } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayInit, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { AnswerRelease, AskRelease, EditMessage, EnterRoom, MarkRead, PostMessage, Id, RetractMessage, type SignedIn } from '#contract';
import { EditsService, ReleasesService, RoomsService } from '#rooms';
import { CurrentActor } from '../http/asker.js';
import { refused, RefusalFilter } from '../http/refusal.filter.js';
import { SocketDoor } from '../live/socket.door.js';
import { limitFrames, parseFrame } from '../live/socket.budget.js';
import { RoomAudience, type RoomServer, type RoomSocket } from './room.audience.js';
import { RoomSigns } from './room.signs.js';

const known = [
  'room.enter',
  'room.leave',
  'message.post',
  'message.edit',
  'message.retract',
  'release.ask',
  'release.answer',
  'room.read',
  'room.type',
];
const ReadRoom = EnterRoom.extend(MarkRead.shape);
const Answered = AnswerRelease.extend({ releaseId: Id });
const typingEvery = 2_000;
const typed = new WeakMap<RoomSocket, number>();

/** Rooms, live. Commit first, emit second; what a socket misses it fetches by seq. */
@WebSocketGateway({ namespace: 'rooms' })
@UseFilters(RefusalFilter)
export class RoomsGateway implements OnGatewayInit {
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
    limitFrames(server, known);
    this.audience.serve(server);
    server.on('connection', (socket) => {
      socket.on('message.post', (frame: unknown, answer?: unknown) => void this.post(socket, frame, answer));
    });
  }

  @SubscribeMessage('room.enter')
  async enter(@ConnectedSocket() socket: RoomSocket, @CurrentActor() actor: SignedIn, @MessageBody() frame: unknown) {
    const { roomId } = parseFrame(socket, EnterRoom, frame);
    const again = this.audience.hasEntered(socket, roomId);
    await this.audience.enter(socket, roomId);
    try {
      const found = await this.rooms.enter(actor, roomId);
      this.audience.opened(found);
      if (!again) this.audience.tellPresence(roomId);
      return { lastSeq: found.lastSeq, readSeq: found.readSeq, present: this.audience.present(roomId) };
    } catch (error) {
      this.audience.leave(socket, roomId);
      throw error;
    } finally {
      if (!socket.connected) this.handleDisconnect(socket);
    }
  }

  @SubscribeMessage('room.leave')
  leave(@ConnectedSocket() socket: RoomSocket, @MessageBody() frame: unknown) {
    const { roomId } = parseFrame(socket, EnterRoom, frame);
    this.audience.leave(socket, roomId);
    this.audience.tellPresence(roomId);
    return { left: true };
  }

  /**
   * Members hear of it through the feed of committed messages, whoever posted and by which way; the author is answered after them.
   * Of all frames this one alone passes by the framework's guards, pipes and interceptors, which would cost more than the rest of it.
   */
  private async post(socket: RoomSocket, frame: unknown, answer: unknown) {
    const say = typeof answer === 'function' ? (answer as (reply: unknown) => void) : () => undefined;
    try {
      say(await this.rooms.post(socket.data.asker.actor, parseFrame(socket, PostMessage, frame)));
    } catch (error) {
      say(refused(error));
    }
  }

  /** Members hear of a change as of a message: from the commit, whichever way it came. */
  @SubscribeMessage('message.edit')
  edit(@ConnectedSocket() socket: RoomSocket, @CurrentActor() actor: SignedIn, @MessageBody() frame: unknown) {
    return this.edits.edit(actor, parseFrame(socket, EditMessage, frame));
  }

  @SubscribeMessage('message.retract')
  retract(@ConnectedSocket() socket: RoomSocket, @CurrentActor() actor: SignedIn, @MessageBody() frame: unknown) {
    return this.edits.retract(actor, parseFrame(socket, RetractMessage, frame));
  }

  @SubscribeMessage('release.ask')
  ask(@ConnectedSocket() socket: RoomSocket, @CurrentActor() actor: SignedIn, @MessageBody() frame: unknown) {
    return this.releases.ask(actor, parseFrame(socket, AskRelease, frame));
  }

  @SubscribeMessage('release.answer')
  answer(@ConnectedSocket() socket: RoomSocket, @CurrentActor() actor: SignedIn, @MessageBody() frame: unknown) {
    const { releaseId, agrees } = parseFrame(socket, Answered, frame);
    return this.releases.answer(actor, releaseId, { agrees });
  }

  @SubscribeMessage('room.read')
  async read(@ConnectedSocket() socket: RoomSocket, @CurrentActor() actor: SignedIn, @MessageBody() frame: unknown) {
    const { roomId, seq: upTo } = parseFrame(socket, ReadRoom, frame);
    const { seq, members } = await this.rooms.markRead(actor, roomId, upTo);
    this.signs.read(roomId, members, actor.id, seq);
    return { seq };
  }

  /** Who is a member is read anew each time: typing is told to them alone, and rarely enough. */
  @SubscribeMessage('room.type')
  async type(@ConnectedSocket() socket: RoomSocket, @CurrentActor() actor: SignedIn, @MessageBody() frame: unknown) {
    const { roomId } = parseFrame(socket, EnterRoom, frame);
    const now = Date.now();
    if (!this.audience.hasEntered(socket, roomId) || now - (typed.get(socket) ?? 0) < typingEvery) return;
    typed.set(socket, now);
    this.audience.opened(await this.rooms.enter(actor, roomId));
    this.signs.typing(roomId, actor.id);
  }

  handleDisconnect(socket: RoomSocket) {
    for (const roomId of this.audience.roomsOf(socket)) {
      this.audience.leave(socket, roomId);
      this.audience.tellPresence(roomId);
    }
  }
}
