/** How far one has read, and where the line "new messages" stands. */
export type ReadingState = { readSeq: number; newAfter: number | null };

const glance = 500;

/**
 * A room is marked read while one looks at it. The line stands where one was when the room opened, or when one last looked away;
 * writing takes it away.
 */
export class Reading {
  private isOpened = false;
  private isLooking = false;
  private soon: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly state: () => ReadingState,
    private readonly head: () => number,
    private readonly set: (part: Partial<ReadingState>) => void,
    private readonly tell: (seq: number) => void,
  ) {}

  opened() {
    this.isOpened = true;
    const { readSeq } = this.state();
    this.set({ newAfter: readSeq < this.head() ? readSeq : this.isLooking ? null : this.head() });
    this.read();
  }

  look(isLooking: boolean) {
    if (this.isLooking === isLooking) return;
    this.isLooking = isLooking;
    if (!this.isOpened) return;
    const [{ newAfter }, head] = [this.state(), this.head()];
    if (isLooking && newAfter === head) this.set({ newAfter: null });
    if (!isLooking && (newAfter === null || this.state().readSeq >= head)) this.set({ newAfter: head });
    this.read();
  }

  wrote() {
    this.set({ newAfter: this.isLooking ? null : this.head() });
  }

  /** A moment later: a page that only flashes by reads nothing. */
  read() {
    clearTimeout(this.soon);
    if (!this.isOpened || !this.isLooking) return;
    this.soon = setTimeout(() => {
      const seq = this.head();
      if (!this.isLooking || seq <= this.state().readSeq) return;
      this.set({ readSeq: seq });
      this.tell(seq);
    }, glance);
  }

  stop() {
    clearTimeout(this.soon);
  }
}
