type Waiting<I, O> = { item: I; resolve: (out: O) => void; reject: (error: unknown) => void };

/**
 * Group commit for any work: what is asked while an earlier batch is under way goes into the next one. Nothing waits for a timer, so a
 * single request costs what it cost before, and a thousand cost a few transactions.
 */
export class Gather<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private running = 0;

  constructor(
    private readonly work: (items: I[]) => Promise<O[]>,
    private readonly limits: { most: number; atOnce: number } = { most: 100, atOnce: 2 },
  ) {}

  ask(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => this.next());
    });
  }

  private next() {
    while (this.waiting.length > 0 && this.running < this.limits.atOnce) void this.run(this.waiting.splice(0, this.limits.most));
  }

  private async run(batch: Waiting<I, O>[]) {
    this.running += 1;
    try {
      const out = await this.work(batch.map(({ item }) => item));
      for (const [at, { resolve }] of batch.entries()) resolve(out[at]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.running -= 1;
      this.next();
    }
  }
}
