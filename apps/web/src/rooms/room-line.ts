import type { MessageView } from '#contract';
import { MessagePage, MarkRead, MessageView as Message } from '#contract';
import { call, Problem } from '../api.js';
import { answerOf, type RoomSocket } from '../live/sockets.js';
import type { Outgoing } from './outbox.js';

const answerWithin = 8_000;

/** How a room is reached: over its socket while that stands, else over HTTP. Either way the same message is kept once. */
export class RoomLine {
  constructor(
    private readonly roomId: string,
    private readonly socket: () => RoomSocket | null,
  ) {}

  get isLive() {
    return this.socket()?.connected ?? false;
  }

  async enter() {
    const socket = this.socket();
    if (!socket?.connected) return null;
    return this.answered(() => socket.timeout(answerWithin).emitWithAck('room.enter', { roomId: this.roomId }));
  }

  leave() {
    const socket = this.socket();
    if (socket?.connected) socket.emit('room.leave', { roomId: this.roomId }, () => undefined);
  }

  async post({ clientId, body, replyTo, files }: Pick<Outgoing, 'clientId' | 'body' | 'replyTo' | 'files'>): Promise<MessageView> {
    const socket = this.socket();
    const { roomId } = this;
    const said = { clientId, body, ...(replyTo ? { replyTo } : {}), ...(files ? { fileIds: files.map(({ id }) => id) } : {}) };
    if (socket?.connected) {
      const kept = await this.answered(() => socket.timeout(answerWithin).emitWithAck('message.post', { roomId, ...said }));
      if (kept) return kept;
    }
    return call(Message, `/rooms/${roomId}/messages`, { method: 'POST', body: said });
  }

  async markRead(seq: number) {
    const socket = this.socket();
    const { roomId } = this;
    if (socket?.connected) socket.emit('room.read', { roomId, seq }, () => undefined);
    else await call(MarkRead, `/rooms/${roomId}/read-mark`, { method: 'PUT', body: { seq } });
  }

  type() {
    const socket = this.socket();
    if (socket?.connected) socket.volatile.emit('room.type', { roomId: this.roomId });
  }

  page(query: { after: number } | { before: number } | null, limit: number) {
    const where = query ? Object.entries(query).map(([name, seq]) => `&${name}=${seq}`) : [];
    return call(MessagePage, `/rooms/${this.roomId}/messages?limit=${limit}${where.join('')}`);
  }

  /** Null when the socket gave no answer: it may have broken meanwhile, which says nothing of what was asked. */
  private async answered<T>(ask: () => Promise<T | { problem: { code: string; status: number } }>): Promise<T | null> {
    try {
      return answerOf(await ask());
    } catch (failure) {
      if (failure instanceof Problem) throw failure;
      return null;
    }
  }
}
