import type { Kept, LeftBehind } from './kept.js';
import type { Outgoing } from './outbox.js';

const draftEvery = 500;
/** `isKept`: everything on its way, and the draft, lie on the device. `isFull`: it is one's own, and still could not take them. */
type Told = (state: { isKept: boolean; isFull: boolean }) => void;

/** Follows one room's outbox and draft to the device, where that is the person's own. What can't be kept there is said so, and lives in this page. */
export class Keeping {
  private readonly kept = new Set<string>();
  private wanted: Outgoing[] = [];
  private draft: { text: string; timer: ReturnType<typeof setTimeout> } | null = null;
  private isDraftLost = false;
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly room: { id: string; caseId: string | null },
    private readonly store: Promise<Kept | null>,
    private readonly told: Told,
  ) {}

  async restore(mayTakeDraft: boolean): Promise<LeftBehind> {
    const store = await this.store;
    const found = (await store?.of(this.room.id, mayTakeDraft).catch(() => null)) ?? { unsent: [], draft: '' };
    for (const { clientId } of found.unsent) this.kept.add(clientId);
    return found;
  }

  /** One after another, so that what is kept and what is forgotten do not overtake each other. */
  outgoing(list: Outgoing[]) {
    this.wanted = list;
    this.work = this.work.then(() => this.follow());
    return this.work;
  }

  /** Not at every letter. What was sent is a draft no longer at once. */
  write(text: string) {
    clearTimeout(this.draft?.timer);
    this.draft = { text, timer: setTimeout(() => this.flush(), text ? draftEvery : 0) };
  }

  flush() {
    const { draft } = this;
    if (!draft) return;
    clearTimeout(draft.timer);
    this.draft = null;
    this.work = this.work.then(() => this.keepDraft(draft.text));
  }

  stop() {
    clearTimeout(this.draft?.timer);
    this.draft = null;
  }

  private async follow() {
    const store = await this.store;
    if (!store) return this.told({ isKept: false, isFull: false });
    const list = this.wanted;
    for (const one of list.filter(({ clientId }) => !this.kept.has(clientId)))
      await store.keep(this.room.id, this.room.caseId, one).then(
        () => this.kept.add(one.clientId),
        () => undefined, // the device is full, or the person has signed out in another tab
      );
    for (const clientId of [...this.kept].filter((one) => !list.some((other) => other.clientId === one))) {
      await store.forget(this.room.id, clientId).catch(() => undefined);
      this.kept.delete(clientId);
    }
    this.tell();
  }

  private async keepDraft(text: string) {
    const store = await this.store;
    if (!store) return;
    this.isDraftLost = await store.keepDraft(this.room.id, this.room.caseId, text).then(
      () => false,
      () => text !== '',
    );
    this.tell();
  }

  private tell() {
    const isFull = this.isDraftLost || this.wanted.some(({ clientId }) => !this.kept.has(clientId));
    this.told({ isKept: !isFull, isFull });
  }
}
