/** Which messages of a room this process has told: all up to `head`, and some beyond a hole that another process's message will fill. */
export class ToldLog {
  head: number | null = null;
  private readonly beyond = new Set<number>();

  startAt(seq: number) {
    if (this.head === null) this.head = seq;
    this.close();
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

  private close() {
    if (this.head === null) return;
    while (this.beyond.delete(this.head + 1)) this.head += 1;
    for (const seq of this.beyond) if (seq <= this.head) this.beyond.delete(seq);
  }
}
