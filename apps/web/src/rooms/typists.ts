const lasts = 4_000;

/** Who is writing just now, as far as it was heard. */
export class Typists {
  private readonly until = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly changed: (typing: string[]) => void) {}

  heard(personId: string) {
    clearTimeout(this.until.get(personId));
    const isKnown = this.until.has(personId);
    this.until.set(
      personId,
      setTimeout(() => this.stopped(personId), lasts),
    );
    if (!isKnown) this.tell();
  }

  stopped(personId: string) {
    clearTimeout(this.until.get(personId));
    if (this.until.delete(personId)) this.tell();
  }

  none() {
    for (const timer of this.until.values()) clearTimeout(timer);
    this.until.clear();
    this.tell();
  }

  private tell = () => this.changed([...this.until.keys()]);
}
