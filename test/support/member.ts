import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { MessagePage, MessageView, RoomClientEvents, RoomServerEvents, SignedIn } from '#contract';
import { newId } from '#platform';
import type { z } from 'zod';

type Reply<T> = T | { problem: { code: string } };
/** Nothing was decided: the same message is sent again under the same client id. */
const undecided = ['unavailable', 'internal', 'too_many_attempts', 'unauthenticated'];

/** A room's log as one member holds it: by seq, without gap or double; what came too early waits. */
class OwnLog {
  readonly messages: MessageView[] = [];
  readonly beyond = new Map<number, MessageView>();

  get head() {
    return this.messages.length;
  }

  take(message: MessageView) {
    if (message.seq > this.head) this.beyond.set(message.seq, message);
    for (let next = this.beyond.get(this.head + 1); next; next = this.beyond.get(this.head + 1)) {
      this.messages.push(next);
      this.beyond.delete(next.seq);
    }
  }
}

/** Somebody in rooms, over one address that may fail in every way: a log by the rules of docs/sockets.md, and messages sent until they are acknowledged. */
export class RoomMember {
  readonly logs = new Map<string, OwnLog>();
  /** Rooms of which something was heard. */
  readonly heardOf = new Set<string>();
  readonly acknowledged: MessageView[] = [];
  readonly socket: Socket<RoomServerEvents, RoomClientEvents>;
  retries = 0;
  /** Messages that were kept, and whose acknowledgement never came. */
  answersLost = 0;
  private readonly syncing = new Map<string, Promise<boolean>>();
  private readonly owed = new Set<string>();
  private readonly patienceMs: number;
  private isLeaving = false;

  constructor(
    readonly actor: SignedIn,
    private readonly cookie: string,
    private readonly origin: string,
    readonly rooms: string[],
    private readonly answerWithin = 2_000,
    isHasty = false,
    /** The page's own address, where the line has another. */
    saysFrom = origin,
  ) {
    this.patienceMs = isHasty ? 2 : 50;
    for (const roomId of rooms) this.logs.set(roomId, new OwnLog());
    this.socket = io(`${origin}/rooms`, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: isHasty ? 2 : 50,
      reconnectionDelayMax: isHasty ? 20 : 500,
      timeout: 3_000,
      extraHeaders: { origin: saysFrom, cookie },
    });
    this.socket.on('connect', () => this.rooms.forEach((roomId) => void this.sync(roomId)));
    this.socket.on('connect_error', () => this.socket.active || this.isLeaving || setTimeout(() => this.socket.connect(), this.patienceMs));
    this.socket.on('disconnect', (reason) => reason === 'io server disconnect' && !this.isLeaving && this.socket.connect());
    this.socket.onAny((_event, frame: { roomId?: string }) => frame.roomId && this.heardOf.add(frame.roomId));
    this.socket.on('message.posted', (message) => {
      const log = this.logs.get(message.roomId);
      log?.take(message);
      if (log && log.beyond.size > 0) void this.sync(message.roomId);
    });
  }

  /** Until it is acknowledged, however often the line is cut or the house falls. */
  async post(roomId: string, body: string, clientId: string = newId(), withinMs = 300_000): Promise<MessageView> {
    const end = Date.now() + withinMs;
    for (let at = 1; Date.now() < end; at += 1) {
      const sentAt = Date.now();
      const reply = await this.ask<MessageView>('message.post', { roomId, clientId, body });
      if (reply && !('problem' in reply)) {
        this.acknowledged.push(reply);
        if (at > 1 && Date.parse(reply.postedAt) < sentAt) this.answersLost += 1;
        return reply;
      }
      if (reply && !undecided.includes(reply.problem.code)) throw new Error(`${reply.problem.code} to ${body}`);
      this.retries += 1;
      await pause(reply?.problem.code === 'too_many_attempts' ? 1_000 : this.patienceMs * (1 + 4 * Math.random()));
    }
    throw new Error(`nobody acknowledged ${body}`);
  }

  /** Own log of a room, once it reaches to `seq`. */
  async until(roomId: string, seq: number, withinMs = 30_000): Promise<MessageView[]> {
    for (const end = Date.now() + withinMs; this.logOf(roomId).head < seq; await pause(20)) {
      if (Date.now() > end) throw new Error(`${this.actor.id} stands at ${this.logOf(roomId).head} of ${seq}`);
    }
    return this.logOf(roomId).messages;
  }

  connected = () => new Promise<void>((resolve) => (this.socket.connected ? resolve() : this.socket.once('connect', () => resolve())));

  leave() {
    this.isLeaving = true;
    this.socket.disconnect();
  }

  private logOf = (roomId: string) => this.logs.get(roomId)!;

  private async ask<T>(event: 'room.enter' | 'message.post', input: object): Promise<Reply<T> | null> {
    if (!this.socket.connected) return null;
    const socket = this.socket as unknown as { timeout(ms: number): { emitWithAck(event: string, input: object): Promise<Reply<T>> } };
    return socket
      .timeout(this.answerWithin)
      .emitWithAck(event, input)
      .catch(() => null);
  }

  /** Enters, then fetches by seq what is missing; as often as it takes. */
  private async sync(roomId: string): Promise<void> {
    if (this.syncing.has(roomId)) return void this.owed.add(roomId);
    const running = this.catchUp(roomId).catch(() => false);
    this.syncing.set(roomId, running);
    const isDone = await running;
    this.syncing.delete(roomId);
    if (this.isLeaving || (isDone && !this.owed.delete(roomId))) return;
    if (!isDone) await pause(this.patienceMs * 2);
    await this.sync(roomId);
  }

  private async catchUp(roomId: string): Promise<boolean> {
    const entered = await this.ask<{ lastSeq: number }>('room.enter', { roomId });
    if (!entered) return !this.socket.connected; // the next connect begins anew
    if ('problem' in entered) return entered.problem.code === 'not_found';
    const log = this.logOf(roomId);
    while (log.head < entered.lastSeq || log.beyond.size > 0) {
      const more = await this.page(roomId, log.head);
      if (more.length === 0) break;
      more.forEach((message) => log.take(message));
    }
    return true;
  }

  private async page(roomId: string, after: number): Promise<MessageView[]> {
    const reply = await fetch(`${this.origin}/api/rooms/${roomId}/messages?after=${after}&limit=200`, {
      headers: { cookie: this.cookie },
      signal: AbortSignal.timeout(10_000),
    });
    if (!reply.ok) throw new Error(String(reply.status));
    return ((await reply.json()) as z.infer<typeof MessagePage>).messages;
  }
}
