import { Kept } from './kept.js';
import type { Outgoing } from './outbox.js';

const draftEvery = 500;

/** Follows one room's outbox and draft to the device, where that is the person's own. What can't be kept there is said so, and lives in this page. */
export class Keeping {
  private readonly kept = new Set<string>();
  private draft: { text: string; timer: ReturnType<typeof setTimeout> } | null = null;
  private isLost = false;

  constructor(
    private readonly roomId: string,
    private readonly store: Promise<Kept | null>,
    private readonly told: (isKept: boolean) => void,
  ) {}

  async restore(): Promise<{ unsent: Pick<Outgoing, 'clientId' | 'body' | 'at' | 'replyTo' | 'files'>[]; draft: string }> {
    const store = await this.store;
    const found = (await store?.of(this.roomId).catch(() => null)) ?? { unsent: [], draft: '' };
    for (const { clientId } of found.unsent) this.kept.add(clientId);
    return found;
  }

  async outgoing(list: Outgoing[]) {
    const store = await this.store;
    if (!store) return this.told(false);
    const added = list.filter(({ clientId }) => !this.kept.has(clientId));
    const gone = [...this.kept].filter((one) => !list.some(({ clientId }) => clientId === one));
    for (const { clientId } of added) this.kept.add(clientId);
    for (const clientId of gone) this.kept.delete(clientId);
    try {
      for (const one of added) await store.keep(this.roomId, one);
      for (const clientId of gone) await store.forget(this.roomId, clientId);
    } catch {
      this.isLost = true; // the device is full, or the person has signed out in another tab
    }
    this.told(!this.isLost);
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
    void this.store.then((store) => store?.keepDraft(this.roomId, draft.text)).catch(() => undefined);
  }

  stop() {
    clearTimeout(this.draft?.timer);
    this.draft = null;
  }
}
