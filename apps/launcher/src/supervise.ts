import { setTimeout as pause } from 'node:timers/promises';
import { describeExit, type Running } from './child.js';

type Start = () => Promise<Running>;
type Options = { say?: (line: string) => void; changed?: (pids: Record<string, number>) => void; firstDelayMs?: number };

const longestDelayMs = 10_000;
const steadyAfterMs = 30_000;

/** Keeps named children alive until it is told to stop; what was added last is stopped first. */
export class Supervisor {
  private readonly groups: Child[][] = [];
  private readonly settings: Required<Options>;

  constructor({ say = () => undefined, changed = () => undefined, firstDelayMs = 250 }: Options = {}) {
    this.settings = { say, changed, firstDelayMs };
  }

  /** Starts a group, which is also stopped together. A first start that fails is the caller's to report. */
  async add(starts: Record<string, Start>): Promise<void> {
    const tell = () => this.settings.changed(this.pids());
    const group = Object.entries(starts).map(([name, start]) => new Child(name, start, this.settings, tell));
    this.groups.push(group);
    await Promise.all(group.map((child) => child.begin()));
  }

  pids(): Record<string, number> {
    return Object.fromEntries(this.groups.flat().flatMap((child) => (child.running ? [[child.name, child.running.pid]] : [])));
  }

  async stop(): Promise<void> {
    for (const group of this.groups.toReversed()) await Promise.all(group.map((child) => child.stop()));
  }
}

class Child {
  running: Running | undefined;
  private readonly stopping = new AbortController();
  private watch: Promise<void> = Promise.resolve();

  constructor(
    readonly name: string,
    private readonly start: Start,
    private readonly settings: Required<Options>,
    private readonly tell: () => void,
  ) {}

  async begin() {
    const first = this.launch();
    // A stop that comes while the first start is under way waits for it, and ends what it brought.
    this.watch = first.then(
      () => this.keepAlive(),
      () => undefined,
    );
    await first;
  }

  async stop() {
    this.stopping.abort();
    await this.running?.stop();
    await this.watch;
  }

  private async launch() {
    this.running = await this.start();
    this.tell();
    if (this.stopping.signal.aborted) await this.running.stop();
  }

  private async keepAlive() {
    let delay = this.settings.firstDelayMs;
    while (this.running) {
      const since = Date.now();
      const exit = await this.running.exited;
      this.running = undefined;
      this.tell();
      if (this.stopping.signal.aborted) return;
      if (Date.now() - since >= steadyAfterMs) delay = this.settings.firstDelayMs;
      this.settings.say(`${this.name} ${describeExit(exit)}, starting it again`);
      delay = await this.startAgain(delay);
    }
  }

  /** Tries until it starts or all is to stop; returns the delay for the next time. */
  private async startAgain(delay: number): Promise<number> {
    let next = delay;
    while (!this.running) {
      await pause(next, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return next;
      next = Math.min(next * 2, longestDelayMs);
      await this.launch().catch((error: Error) => this.settings.say(`${this.name} does not start: ${error.message}`));
    }
    return next;
  }
}
