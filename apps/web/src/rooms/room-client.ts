import { v7 as newId } from 'uuid';
import type { MessageView } from '#contract';
import { Problem } from '../api.js';
import { rooms, type RoomSocket } from '../live/sockets.js';
import { Outbox, type Outgoing } from './outbox.js';
import { RoomLine } from './room-line.js';
import { begin, hasEarlier, headOf, type RoomLog, take, takeEarlier, unopened } from './room-log.js';

/** `live`: messages come by themselves. `asking`: over HTTP every few seconds. `down`: nobody answers. */
export type LineState = 'opening' | 'live' | 'asking' | 'down';
export type RoomState = {
  messages: MessageView[];
  hasEarlier: boolean;
  isOpened: boolean;
  refusal: Problem | null;
  outgoing: Outgoing[];
  line: LineState;
  present: string[];
  typing: string[];
  /** How far others have read, as far as it was heard. */
  marks: Record<string, number>;
  readSeq: number;
  /** The last message somebody else wrote while this page was open, to be read aloud. */
  heard: MessageView | null;
  /** How often the room itself changed: opened, paused, closed, other members. */
  changes: number;
};

const page = { first: 50, next: 200 };
const askEvery = 4_000;
const typingLasts = 4_000;
const typingEvery = 2_500;
const mendable: readonly string[] = ['offline', 'unavailable', 'internal', 'unreadable', 'too_many_attempts'];

/**
 * A room as this device knows it, kept in memory for the visit: its log, what is on its way, its draft. It enters before it reads,
 * so nothing falls between the first page and what comes live; whatever is missing is fetched by seq.
 */
export class RoomClient {
  draft = '';
  state: RoomState;
  private log: RoomLog = unopened;
  private socket: RoomSocket | null = null;
  private readonly line: RoomLine;
  private readonly outbox: Outbox;
  private readonly listeners = new Set<() => void>();
  private readonly typingUntil = new Map<string, ReturnType<typeof setTimeout>>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private holders = 0;
  private syncing: Promise<void> | null = null;
  private syncAgain = false;
  private typedAt = 0;

  constructor(
    readonly roomId: string,
    private readonly selfId: string,
    readSeq: number,
  ) {
    this.line = new RoomLine(roomId, () => this.socket);
    this.outbox = new Outbox(
      (outgoing) => this.line.post(outgoing),
      (message) => this.hear([message]),
      () => this.set({ outgoing: this.outbox.list }),
    );
    this.state = {
      messages: [],
      hasEarlier: false,
      isOpened: false,
      refusal: null,
      outgoing: [],
      line: 'opening',
      present: [],
      typing: [],
      marks: {},
      readSeq,
      heard: null,
      changes: 0,
    };
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = () => this.state;

  /** Enters for as long as somebody looks at the room; what is on its way goes on meanwhile and after. */
  hold(): () => void {
    this.holders += 1;
    if (this.holders === 1) this.open();
    return () => {
      this.holders -= 1;
      if (this.holders === 0) this.close();
    };
  }

  send(body: string) {
    this.outbox.add(newId(), body, new Date().toISOString());
  }

  retry = (clientId?: string) => {
    this.outbox.retry(clientId);
    void this.sync();
  };

  /** Takes a message that was refused out of the room, to be written anew. */
  takeBack(clientId: string): string {
    const body = this.outbox.list.find((one) => one.clientId === clientId)?.body ?? '';
    this.outbox.drop((one) => one === clientId);
    return body;
  }

  read() {
    const seq = headOf(this.log);
    if (seq <= this.state.readSeq) return;
    this.set({ readSeq: seq });
    this.line.markRead(seq).catch(() => undefined);
  }

  type() {
    if (Date.now() - this.typedAt < typingEvery) return;
    this.typedAt = Date.now();
    this.line.type();
  }

  async earlier() {
    const { messages } = await this.line.page({ before: this.log.from ?? 1 }, page.first);
    this.log = takeEarlier(this.log, messages);
    this.show();
  }

  forget() {
    this.outbox.stop();
    this.listeners.clear();
    if (this.holders > 0) this.close();
  }

  private open() {
    this.socket = rooms.hold();
    for (const [event, listener] of this.events) this.socket.on(event as 'connect', listener as () => void);
    window.addEventListener('online', this.comeBack);
    document.addEventListener('visibilitychange', this.comeBack);
    this.timer = setInterval(() => this.state.line !== 'live' && void this.sync(), askEvery);
    void this.sync();
  }

  private close() {
    clearInterval(this.timer);
    window.removeEventListener('online', this.comeBack);
    document.removeEventListener('visibilitychange', this.comeBack);
    for (const [event, listener] of this.events) this.socket?.off(event as 'connect', listener as () => void);
    this.line.leave();
    this.socket = null;
    rooms.release();
  }

  private comeBack = () => {
    if (document.visibilityState === 'hidden') return;
    if (this.outbox.list.some(({ state, code }) => state === 'waiting' && code !== 'unauthenticated')) this.outbox.retry();
    void this.sync();
  };

  private readonly events: [string, (frame: never) => void][] = [
    ['connect', () => this.comeBack()],
    ['disconnect', () => this.set({ line: 'opening', present: [], typing: [] })],
    ['message.posted', (message: MessageView) => message.roomId === this.roomId && this.hear([message], true)],
    [
      'room.read',
      ({ roomId, personId, seq }: { roomId: string; personId: string; seq: number }) => {
        if (roomId !== this.roomId) return;
        if (personId === this.selfId) this.set({ readSeq: Math.max(seq, this.state.readSeq) });
        else this.set({ marks: { ...this.state.marks, [personId]: seq } });
      },
    ],
    ['room.typing', ({ roomId, personId }: { roomId: string; personId: string }) => roomId === this.roomId && this.hearTyping(personId)],
    ['room.presence', ({ roomId, present }: { roomId: string; present: string[] }) => roomId === this.roomId && this.set({ present })],
    ['room.changed', ({ roomId }: { roomId: string }) => roomId === this.roomId && this.set({ changes: this.state.changes + 1 })],
  ];

  /** One at a time; what is asked for meanwhile is looked at once more. */
  private sync(): Promise<void> {
    if (this.syncing) this.syncAgain = true;
    this.syncing ??= this.catchUp()
      .catch((failure: unknown) => this.fail(failure))
      .finally(() => {
        this.syncing = null;
        if (this.syncAgain && this.holders > 0) {
          this.syncAgain = false;
          void this.sync();
        }
      });
    return this.syncing;
  }

  private async catchUp() {
    const entered = await this.line.enter();
    if (this.log.from === null) {
      const { messages } = await this.line.page(null, page.first);
      this.log = begin(this.log, messages);
      this.show();
    } else if (!entered) {
      await this.fetchAfter();
    }
    while (headOf(this.log) < (entered?.lastSeq ?? 0) || this.log.beyond.length > 0) if (!(await this.fetchAfter())) break;
    const readSeq = Math.max(this.state.readSeq, entered?.readSeq ?? 0);
    this.set({ line: this.line.isLive ? 'live' : 'asking', refusal: null, readSeq, ...(entered ? { present: entered.present } : {}) });
  }

  private async fetchAfter(): Promise<boolean> {
    const { messages } = await this.line.page({ after: headOf(this.log) }, page.next);
    this.hear(messages, true);
    return messages.length > 0;
  }

  private fail(failure: unknown) {
    const refusal = failure instanceof Problem ? failure : new Problem('internal');
    if (mendable.includes(refusal.code)) this.set({ line: 'down' });
    else this.set({ refusal });
  }

  private hear(messages: MessageView[], isAloud = false) {
    const before = headOf(this.log);
    this.log = take(this.log, messages);
    this.show();
    const last = messages.findLast(({ seq, authorId }) => seq > before && authorId !== this.selfId);
    if (isAloud && last && this.log.from !== null) this.set({ heard: last, typing: this.state.typing.filter((id) => id !== last.authorId) });
    if (this.log.beyond.length > 0 && this.log.from !== null) void this.sync();
  }

  private show() {
    const { messages } = this.log;
    this.set({ messages, hasEarlier: hasEarlier(this.log), isOpened: this.log.from !== null });
    const ids = new Set(messages.map(({ clientId }) => clientId));
    this.outbox.drop((clientId) => ids.has(clientId));
  }

  private hearTyping(personId: string) {
    clearTimeout(this.typingUntil.get(personId));
    const stop = () => this.set({ typing: this.state.typing.filter((id) => id !== personId) });
    this.typingUntil.set(personId, setTimeout(stop, typingLasts));
    if (!this.state.typing.includes(personId)) this.set({ typing: [...this.state.typing, personId] });
  }

  private set(part: Partial<RoomState>) {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
