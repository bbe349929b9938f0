/** Which messages of a room this process has told: all up to `head`, and some beyond a hole that another process's message will fill. */
export class ToldLog {
  head: number | null = null;
  private readonly beyond = new Set<number>();
  private hinted = 0;

  startAt(seq: number) {
    if (this.head === null) this.head = seq;
    this.close();
  }

  /** The log is said to reach to `seq`: perhaps while the room is being read here, as it was a moment before. */
  hear(seq: number) {
    this.hinted = Math.max(this.hinted, seq);
  }

  /** True the first time; a message told before is not told again. */
  take(seq: number): boolean {
    if (this.beyond.has(seq) || (this.head !== null && seq <= this.head)) return false;
    this.beyond.add(seq);
    this.close();
    return true;
  }

  get hasHole() {
    return this.head !== null && this.beyond.size > 0;
  }

  /** There is more in the room than was told here; unknown, hence false, until the room has been read. */
  get isBehind() {
    return this.hasHole || (this.head !== null && this.head < this.hinted);
  }

  /** It was read to its end. */
  caughtUp() {
    if (this.head !== null) this.hinted = 0;
  }

  private close() {
    if (this.head === null) return;
    while (this.beyond.delete(this.head + 1)) this.head += 1;
    for (const seq of this.beyond) if (seq <= this.head) this.beyond.delete(seq);
  }
}
