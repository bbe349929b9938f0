import { v7 as newId } from 'uuid';
import type { MessageFile, MessageView, RoomServerEvents, RoomView } from '#contract';
import { Problem, sentAway } from '../api.js';
import { nowIso } from '../clock.js';
import { rooms, type RoomSocket } from '../live/sockets.js';
import { Keeping } from './keeping.js';
import type { Kept, LeftBehind } from './kept.js';
import { Outbox } from './outbox.js';
import { Reading } from './reading.js';
import { RoomLine } from './room-line.js';
import { begin, change, hasEarlier, headOf, take, takeEarlier, unopened } from './room-log.js';
import { type RoomState, unopenedRoom, withOutgoing } from './room-state.js';
import { Typists } from './typists.js';

const page = { first: 50, next: 200 };
const askEvery = 4_000;
const askRoomEvery = 3;
const typingEvery = 2_500;
const mendable: readonly string[] = ['offline', 'unavailable', 'internal', 'unreadable', 'too_many_attempts'];

/**
 * A room as this device knows it, kept in memory for the visit: its log, what is on its way, its draft. It enters before it reads,
 * so nothing falls between the first page and what comes live; whatever is missing is fetched by seq.
 */
export class RoomClient {
  private readonly roomId: string;
  private state: RoomState;
  private log = unopened;
  private socket: RoomSocket | null = null;
  private letGo: () => void = () => undefined;
  private readonly line: RoomLine;
  private readonly outbox: Outbox;
  private readonly reading: Reading;
  private readonly keeping: Keeping;
  private readonly typists = new Typists((typing) => this.set({ typing }));
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private holders = 0;
  private syncing: Promise<void> | null = null;
  private syncAgain = false;
  private typedAt = 0;
  private asked = 0;

  constructor(
    room: Pick<RoomView, 'id' | 'caseId' | 'readSeq'>,
    private readonly selfId: string,
    store: Promise<Kept | null>,
  ) {
    this.roomId = room.id;
    this.state = unopenedRoom(room.readSeq);
    this.keeping = new Keeping(room, store, (told) => this.set(told));
    this.line = new RoomLine(room.id, () => this.socket);
    this.outbox = new Outbox(
      (outgoing) => this.line.post(outgoing),
      (message) => this.hear([message]),
      (outgoing) => {
        this.set(withOutgoing(this.state, outgoing));
        void this.keeping.outgoing(outgoing);
      },
    );
    void this.restore();
    this.reading = new Reading(
      () => this.state,
      () => headOf(this.log),
      (part) => this.set(part),
      (seq) => void this.line.markRead(seq).catch(() => undefined),
    );
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = () => this.state;

  /** Enters for as long as somebody shows the room; what is on its way goes on meanwhile and after. */
  hold(): () => void {
    this.holders += 1;
    if (this.holders === 1) this.open();
    return () => {
      this.holders -= 1;
      if (this.holders === 0) this.close();
    };
  }

  look = (isLooking: boolean) => this.reading.look(isLooking);

  write(draft: string) {
    this.set({ draft });
    this.keeping.write(draft);
    if (!draft || Math.abs(Date.now() - this.typedAt) < typingEvery) return;
    this.typedAt = Date.now();
    this.line.type();
  }

  /** `holdMs`: how long it may be taken back before it goes. */
  send(body: string, holdMs = 0) {
    this.reading.wrote();
    const { answering, attached } = this.state;
    const added = { ...(answering ? { replyTo: answering.id } : {}), ...(attached?.length ? { files: attached } : {}) };
    this.set({ answering: null, attached: null });
    this.outbox.add({ clientId: newId(), body, at: nowIso(), ...added }, holdMs);
    this.write('');
  }

  attach = (attached: MessageFile[]) => this.set({ attached });

  sendNow = (clientId: string) => this.outbox.letGo(clientId);

  /** The next message answers this one. */
  answer(message: MessageView | null) {
    this.set({ answering: message });
  }

  /** Changed by this very page: shown before the socket tells of it. */
  replaced = (message: MessageView) => this.takeChange(message);

  retry = (clientId?: string) => {
    this.outbox.retry(clientId);
    void this.sync();
  };

  /** Puts a message that was refused, or is held yet, back into the field with its files, to be written anew. */
  takeBack(clientId: string) {
    const found = this.outbox.list.find((one) => one.clientId === clientId);
    this.outbox.drop((one) => one === clientId);
    const files = found?.files ?? [];
    if (files.length > 0) this.attach([...(this.state.attached ?? []), ...files]);
    this.write([this.state.draft, found?.body].filter(Boolean).join('\n'));
  }

  /** What would be lost with this page: words that are neither sent nor kept. */
  get atRisk(): number {
    const { outgoing, draft, isKept } = this.state;
    return isKept ? 0 : outgoing.length + (draft.trim() ? 1 : 0);
  }

  /** What goes with the session, wherever it lies. */
  get unsaid(): number {
    return this.state.outgoing.length + (this.state.draft.trim() ? 1 : 0);
  }

  async earlier() {
    const { messages } = await this.line.page({ before: this.log.from ?? 1 }, page.first);
    this.log = takeEarlier(this.log, messages);
    this.show();
  }

  /** The person has left: nothing of the room stays on the device. */
  forget() {
    this.outbox.stop();
    this.keeping.stop();
    this.reading.stop();
    if (this.holders > 0) this.close();
    this.listeners.clear();
    this.log = unopened;
    this.state = unopenedRoom(0);
  }

  /** What another page of this session, that is gone, did not get through, and what it was writing. */
  private restore = async () => this.takeOver(await this.keeping.restore(this.state.draft === ''));

  takeOver({ unsent, draft }: LeftBehind) {
    this.outbox.restore(unsent);
    if (draft) this.write([draft, this.state.draft].filter(Boolean).join('\n'));
  }

  private open() {
    this.letGo = rooms.hold((socket) => this.join(socket));
    window.addEventListener('online', this.comeBack);
    for (const event of ['visibilitychange', 'resume']) document.addEventListener(event, this.comeBack); // a tab, a device that slept
    this.timer = setInterval(() => this.state.line !== 'live' && void this.sync(), askEvery);
    void this.sync();
  }

  private close() {
    clearInterval(this.timer);
    window.removeEventListener('online', this.comeBack);
    for (const event of ['visibilitychange', 'resume']) document.removeEventListener(event, this.comeBack);
    this.letGo();
  }

  private join(socket: RoomSocket) {
    this.socket = socket;
    socket.on('connect', this.comeBack).on('disconnect', this.onDisconnect);
    for (const [event, listener] of Object.entries(this.events)) socket.on(event as 'room.changed', listener as () => void);
    if (socket.connected) void this.sync();
    return () => {
      socket.off('connect', this.comeBack).off('disconnect', this.onDisconnect);
      for (const [event, listener] of Object.entries(this.events)) socket.off(event as 'room.changed', listener as () => void);
      this.line.leave();
      this.socket = null;
    };
  }

  private comeBack = () => {
    if (document.visibilityState === 'hidden') return this.keeping.flush();
    void this.restore();
    this.outbox.wake();
    void this.sync();
  };

  private onDisconnect = () => {
    this.set({ line: 'opening', present: [] });
    this.typists.none();
  };

  private readonly events: RoomServerEvents = {
    'message.posted': (message) => this.isHere(message) && this.hear([message], true),
    'message.changed': (message) => this.isHere(message) && this.takeChange(message),
    'room.read': ({ roomId, personId, seq }) => {
      if (roomId !== this.roomId) return;
      if (personId === this.selfId) this.set({ readSeq: Math.max(seq, this.state.readSeq) });
      else this.set({ marks: { ...this.state.marks, [personId]: seq } });
    },
    'room.typing': (typing) => this.isHere(typing) && this.typists.heard(typing.personId),
    'room.presence': (presence) => this.isHere(presence) && this.set({ present: presence.present }),
    'room.changed': (change) => this.isHere(change) && this.set({ changes: this.state.changes + 1 }),
  };

  private takeChange(message: MessageView) {
    this.log = change(this.log, message);
    this.show();
  }

  private isHere = ({ roomId }: { roomId: string }) => roomId === this.roomId;

  /** One at a time; what is asked for meanwhile is looked at once more. */
  private async sync() {
    if (this.syncing) this.syncAgain = true;
    else await this.syncNow();
  }

  private async syncNow() {
    this.syncing = this.catchUp().catch((failure: unknown) => this.fail(failure));
    await this.syncing;
    this.syncing = null;
    const isAskedAgain = this.syncAgain && this.holders > 0;
    this.syncAgain = false;
    if (isAskedAgain) await this.syncNow();
  }

  private async catchUp() {
    const entered = await this.line.enter();
    if (entered) this.set({ present: entered.present, readSeq: Math.max(this.state.readSeq, entered.readSeq) });
    if (this.log.from === null) await this.readFirst();
    else if (!entered) await this.fetchAfter();
    while (headOf(this.log) < (entered?.lastSeq ?? 0) || this.log.beyond.length > 0) if (!(await this.fetchAfter())) break;
    const { isLive } = this.line;
    this.asked = isLive ? 0 : this.asked + 1;
    const changes = this.state.changes + (this.asked % askRoomEvery === askRoomEvery - 1 ? 1 : 0); // a pause, an end: told by the socket alone
    this.set({ line: isLive ? 'live' : this.socket || this.asked > 1 ? 'asking' : 'opening', refusal: null, changes });
  }

  private async readFirst() {
    const { messages } = await this.line.page(null, page.first);
    this.log = begin(this.log, messages);
    this.show();
    this.reading.opened();
  }

  private async fetchAfter(): Promise<boolean> {
    const { messages } = await this.line.page({ after: headOf(this.log) }, page.next);
    this.hear(messages, true);
    return messages.length > 0;
  }

  private fail(failure: unknown) {
    const refusal = failure instanceof Problem ? failure : new Problem('internal');
    if (refusal.code === 'unauthenticated') sentAway();
    this.set(mendable.includes(refusal.code) ? { line: 'down' } : { refusal });
  }

  private hear(messages: MessageView[], isAloud = false) {
    const before = headOf(this.log);
    this.log = take(this.log, messages);
    this.show();
    if (this.log.from === null) return;
    const last = messages.findLast(({ seq, authorId }) => seq > before && authorId !== this.selfId);
    if (last && isAloud) this.set({ heard: last });
    if (last) this.typists.stopped(last.authorId);
    if (headOf(this.log) > before) this.reading.read();
    if (this.log.beyond.length > 0) void this.sync();
  }

  private show() {
    const { messages } = this.log;
    this.set({ messages, hasEarlier: hasEarlier(this.log), isOpened: this.log.from !== null });
    const kept = new Set(messages.map(({ clientId }) => clientId));
    this.outbox.drop((clientId) => kept.has(clientId));
  }

  private set(part: Partial<RoomState>) {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
