import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { MessagePage, MessageView, RoomClientEvents, RoomServerEvents, SignedIn } from '#contract';
import { newId } from '#platform';
import { begin, headOf, type RoomLog, take, unopened } from '../../apps/web/src/rooms/room-log.js';
import type { z } from 'zod';

type Reply<T> = T | { problem: { code: string } };
/** Nothing was decided: the same message is sent again under the same client id. */
const undecided = ['unavailable', 'internal', 'too_many_attempts', 'unauthenticated'];

/** Somebody in rooms, over one address that may fail in every way: a log by the browser's own rules, and messages sent until they are acknowledged. */
export class RoomMember {
  readonly logs = new Map<string, RoomLog>();
  readonly acknowledged: MessageView[] = [];
  /** Every message that came over the line, repeated ones too. */
  readonly heard: MessageView[] = [];
  readonly socket: Socket<RoomServerEvents, RoomClientEvents>;
  retries = 0;
  private readonly syncing = new Map<string, Promise<boolean>>();
  private readonly owed = new Set<string>();
  private isLeaving = false;

  constructor(
    readonly actor: SignedIn,
    private readonly cookie: string,
    private readonly origin: string,
    readonly rooms: string[],
    private readonly answerWithin = 2_000,
  ) {
    for (const roomId of rooms) this.logs.set(roomId, unopened);
    this.socket = io(`${origin}/rooms`, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 500,
      timeout: 3_000,
      extraHeaders: { origin, cookie },
    });
    this.socket.on('connect', () => this.rooms.forEach((roomId) => void this.sync(roomId)));
    this.socket.on('disconnect', (reason) => reason === 'io server disconnect' && !this.isLeaving && this.socket.connect());
    this.socket.on('message.posted', (message) => {
      this.heard.push(message);
      const log = take(this.logOf(message.roomId), [message]);
      this.logs.set(message.roomId, log);
      if (log.beyond.length > 0 && log.from !== null) void this.sync(message.roomId);
    });
  }

  /** Until it is acknowledged, however often the line is cut or the house falls. */
  async post(roomId: string, body: string, clientId: string = newId(), tries = 400): Promise<MessageView> {
    for (let at = 1; at <= tries; at += 1) {
      const reply = await this.ask<MessageView>('message.post', { roomId, clientId, body });
      if (reply && !('problem' in reply)) {
        this.acknowledged.push(reply);
        return reply;
      }
      if (reply && !undecided.includes(reply.problem.code)) throw new Error(`${reply.problem.code} to ${body}`);
      this.retries += 1;
      await pause(reply?.problem.code === 'too_many_attempts' ? 1_000 : 50 + Math.random() * 200);
    }
    throw new Error(`nobody acknowledged ${body}`);
  }

  /** Own log of a room, once it reaches to `seq`. */
  async until(roomId: string, seq: number, withinMs = 30_000): Promise<MessageView[]> {
    for (const end = Date.now() + withinMs; headOf(this.logOf(roomId)) < seq; await pause(20)) {
      if (Date.now() > end) throw new Error(`${this.actor.id} stands at ${headOf(this.logOf(roomId))} of ${seq}`);
    }
    return this.logOf(roomId).messages;
  }

  connected = () => new Promise<void>((resolve) => (this.socket.connected ? resolve() : this.socket.once('connect', () => resolve())));

  leave() {
    this.isLeaving = true;
    this.socket.disconnect();
  }

  private logOf = (roomId: string) => this.logs.get(roomId) ?? unopened;

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
    if (!isDone) await pause(100);
    await this.sync(roomId);
  }

  private async catchUp(roomId: string): Promise<boolean> {
    const entered = await this.ask<{ lastSeq: number }>('room.enter', { roomId });
    if (!entered) return !this.socket.connected; // the next connect begins anew
    if ('problem' in entered) return entered.problem.code === 'not_found';
    if (this.logOf(roomId).from === null) this.logs.set(roomId, begin(this.logOf(roomId), await this.page(roomId, 0)));
    while (headOf(this.logOf(roomId)) < entered.lastSeq || this.logOf(roomId).beyond.length > 0) {
      const more = await this.page(roomId, headOf(this.logOf(roomId)));
      if (more.length === 0) break;
      this.logs.set(roomId, take(this.logOf(roomId), more));
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
