import type { MessageFile, MessageView } from '#contract';
import { Problem } from '../api.js';

/** `held`: not sent yet, its author may think better of it. `waiting`: nobody has answered, it goes by itself when the line is back. `refused`: the author decides. */
export type Outgoing = {
  clientId: string;
  body: string;
  at: string;
  replyTo?: string;
  files?: MessageFile[];
  /** Its turn among what this device has not got through yet: the device's clock may jump meanwhile. */
  turn: number;
  /** While it is held: until when, by this device's clock. */
  heldUntil?: number;
  state: 'held' | 'sending' | 'waiting' | 'refused';
  code?: Problem['code'];
};
type Post = (outgoing: Pick<Outgoing, 'clientId' | 'body' | 'replyTo' | 'files'>) => Promise<MessageView>;

/** How a message comes to be on its way, and what is kept of it. */
export type Unsent = Omit<Outgoing, 'state' | 'code'>;

const longestHold = 10_000;
const pauses = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000];
/** Nothing was decided: the same message under the same clientId is asked again, and is kept once. */
const undecided: readonly string[] = ['offline', 'unavailable', 'unreadable', 'internal', 'too_many_attempts'];

/** Messages on their way, in the order in which they were written. */
export class Outbox {
  list: Outgoing[] = [];
  private isSending = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly holds = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly post: Post,
    private readonly kept: (message: MessageView) => void,
    private readonly changed: (list: Outgoing[]) => void,
  ) {}

  /** `holdMs`: so long its author may take it back before anybody can read it. What is written after it goes after it. */
  add(message: Omit<Unsent, 'turn' | 'heldUntil'>, holdMs = 0) {
    const isBehind = this.list.some(({ state }) => state === 'waiting' || state === 'held');
    const turn = (this.list.at(-1)?.turn ?? 0) + 1;
    const held = holdMs > 0 && { heldUntil: Date.now() + holdMs };
    this.set([...this.list, { ...message, turn, ...held, state: held ? 'held' : isBehind ? 'waiting' : 'sending' }]);
    if (held) this.hold(message.clientId, holdMs);
    else void this.send();
  }

  /** Its author does not wait any longer. */
  letGo(clientId: string) {
    clearTimeout(this.holds.get(clientId));
    this.holds.delete(clientId);
    if (this.list.some((one) => one.clientId === clientId && one.state === 'held')) this.change(clientId, { state: 'waiting' });
    void this.send();
  }

  /** What was written before, on an earlier page: it goes first. Its clientId is its own, so that what was kept after all is not said twice. */
  restore(unsent: Unsent[]) {
    const earlier = unsent.filter(({ clientId }) => !this.list.some((one) => one.clientId === clientId));
    if (earlier.length === 0) return;
    const left = ({ heldUntil }: Unsent) => Math.min((heldUntil ?? 0) - Date.now(), longestHold);
    this.set([...earlier.map((one): Outgoing => ({ ...one, state: left(one) > 0 ? 'held' : 'waiting' })), ...this.list]);
    for (const one of earlier) if (left(one) > 0) this.hold(one.clientId, left(one));
    void this.send();
  }

  /** Tries at once what waits, and what was refused when its author asks for it. */
  retry(clientId?: string) {
    this.failures = 0;
    if (clientId) this.change(clientId, { state: 'waiting' });
    void this.send();
  }

  /** The line is back: what waits for it goes now. What waits for its author to sign in waits on. */
  wake() {
    if (this.list.some(({ state, code }) => state === 'waiting' && code !== 'unauthenticated')) this.retry();
  }

  /** The message was heard in its room: it is kept, whatever became of the answer. */
  drop(isKept: (clientId: string) => boolean) {
    const left = this.list.filter(({ clientId }) => !isKept(clientId));
    if (left.length < this.list.length) this.set(left);
  }

  stop() {
    clearTimeout(this.timer);
    for (const hold of this.holds.values()) clearTimeout(hold);
  }

  private hold(clientId: string, forMs: number) {
    this.holds.set(
      clientId,
      setTimeout(() => this.letGo(clientId), forMs),
    );
  }

  private async send() {
    if (this.isSending) return;
    this.isSending = true;
    clearTimeout(this.timer);
    for (let next = this.next(); next; next = this.next()) {
      this.change(next.clientId, { state: 'sending' });
      if (!(await this.sendOne(next))) break;
    }
    this.isSending = false;
  }

  private async sendOne({ clientId, body, replyTo, files }: Outgoing): Promise<boolean> {
    try {
      const message = await this.post({ clientId, body, ...(replyTo ? { replyTo } : {}), ...(files ? { files } : {}) });
      this.failures = 0;
      this.kept(message);
      this.drop((one) => one === clientId);
      return true;
    } catch (refusal) {
      const code = refusal instanceof Problem ? refusal.code : 'internal';
      const isOver = !undecided.includes(code) && code !== 'unauthenticated';
      if (isOver) this.change(clientId, { state: 'refused', code });
      else this.wait(code);
      return isOver;
    }
  }

  /** Everything behind a message that could not go waits with it, so that the order stays. */
  private wait(code: Problem['code']) {
    this.set(this.list.map((one) => (one.state === 'refused' || one.state === 'held' ? one : { ...one, state: 'waiting', code })));
    if (code === 'unauthenticated') return;
    this.timer = setTimeout(() => void this.send(), pauses[Math.min(this.failures, pauses.length - 1)]);
    this.failures += 1;
  }

  private next(): Outgoing | undefined {
    const first = this.list.find(({ state }) => state !== 'refused');
    return first?.state === 'held' ? undefined : first;
  }

  private change(clientId: string, part: Partial<Outgoing>) {
    this.set(this.list.map((one) => (one.clientId === clientId ? { ...one, ...part } : one)));
  }

  private set(list: Outgoing[]) {
    this.list = list;
    this.changed(list);
  }
}
