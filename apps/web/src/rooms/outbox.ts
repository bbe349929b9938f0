import type { MessageFile, MessageView } from '#contract';
import { Problem } from '../api.js';

/** `waiting`: nobody has answered, it goes by itself when the line is back. `refused`: the author decides. */
export type Outgoing = {
  clientId: string;
  body: string;
  at: string;
  replyTo?: string;
  files?: MessageFile[];
  state: 'sending' | 'waiting' | 'refused';
  code?: Problem['code'];
};
type Post = (outgoing: Pick<Outgoing, 'clientId' | 'body' | 'replyTo' | 'files'>) => Promise<MessageView>;

const pauses = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000];
/** Nothing was decided: the same message under the same clientId is asked again, and is kept once. */
const undecided: readonly string[] = ['offline', 'unavailable', 'unreadable', 'internal', 'too_many_attempts'];

/** Messages on their way, in the order in which they were written. */
export class Outbox {
  list: Outgoing[] = [];
  private isSending = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly post: Post,
    private readonly kept: (message: MessageView) => void,
    private readonly changed: (list: Outgoing[]) => void,
  ) {}

  add(outgoing: Omit<Outgoing, 'state' | 'code'>) {
    const isBehind = this.list.some(({ state }) => state === 'waiting');
    this.set([...this.list, { ...outgoing, state: isBehind ? 'waiting' : 'sending' }]);
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
    this.set(this.list.map((one) => (one.state === 'refused' ? one : { ...one, state: 'waiting', code })));
    if (code === 'unauthenticated') return;
    this.timer = setTimeout(() => void this.send(), pauses[Math.min(this.failures, pauses.length - 1)]);
    this.failures += 1;
  }

  private next = () => this.list.find(({ state }) => state !== 'refused');

  private change(clientId: string, part: Partial<Outgoing>) {
    this.set(this.list.map((one) => (one.clientId === clientId ? { ...one, ...part } : one)));
  }

  private set(list: Outgoing[]) {
    this.list = list;
    this.changed(list);
  }
}
