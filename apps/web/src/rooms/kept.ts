import { keptHere } from '../device.js';
import { livingPages, oneAtATime, own } from './living-pages.js';
import type { Unsent } from './outbox.js';
import { draftMark, keptIn as table } from './unsent-here.js';

const owner = 'owner';

type Sealed = { iv: Uint8Array<ArrayBuffer>; words: ArrayBuffer };
/** `page`: which page wrote it. While that page lives it is nobody else's to send or to show. */
type Words = { page: string; caseId: string | null } & ({ unsent: Unsent } | { draft: string });
export type LeftBehind = { unsent: Unsent[]; draft: string };

/**
 * What is on its way from a room, and what is being written there, on a device that its owner called his own: sealed with a key that
 * comes with the session and is kept nowhere, so that it opens in that session alone. Each call fails where the device keeps nothing.
 */
export class Kept {
  private constructor(
    private readonly database: IDBDatabase,
    private key: CryptoKey,
  ) {}

  static async open(deviceKey: string, personId: string): Promise<Kept> {
    const asking = indexedDB.open(keptHere, 2);
    asking.addEventListener('upgradeneeded', ({ oldVersion }) => {
      for (const store of [table, owner].slice(oldVersion)) asking.result.createObjectStore(store);
    });
    const database = await done(asking);
    await leaveTo(personId, database);
    // Signed out in another tab: what is kept is forgotten there, and this tab must not stand in its way.
    database.addEventListener('versionchange', () => database.close());
    return new Kept(database, await keyFrom(deviceKey));
  }

  /** Another role, or a second factor, is another session with another key: what is kept goes over to it. */
  async takeKey(deviceKey: string) {
    const key = await keyFrom(deviceKey);
    for (const [name, words] of await this.all()) await this.put(name, words, key);
    this.key = key;
  }

  /** What pages that are gone left behind in a room, in the order in which it was written: it is this page's from now on. */
  of(roomId: string, mayTakeDraft: boolean): Promise<LeftBehind> {
    return oneAtATime(async () => {
      const living = await livingPages();
      const unsent: Unsent[] = [];
      let draft = '';
      for (const [name, words] of await this.all(range(roomId))) {
        if (words.page === own || living.has(words.page) || ('draft' in words && (!mayTakeDraft || draft))) continue;
        if ('unsent' in words) unsent.push(words.unsent);
        else draft = words.draft;
        if ('draft' in words) await this.drop(name);
        await this.put('draft' in words ? draftName(roomId) : name, { ...words, page: own });
      }
      return { unsent: unsent.toSorted((one, other) => one.turn - other.turn), draft };
    });
  }

  /** Everything on this device that is not sent yet, of whichever room. */
  async unsent(): Promise<{ caseId: string | null; at: string }[]> {
    return (await this.all()).flatMap(([, words]) => ('unsent' in words ? [{ caseId: words.caseId, at: words.unsent.at }] : []));
  }

  keep(roomId: string, caseId: string | null, { clientId, body, at, turn, replyTo, files, heldUntil }: Unsent) {
    const added = { ...(replyTo ? { replyTo } : {}), ...(files ? { files } : {}), ...(heldUntil ? { heldUntil } : {}) };
    return this.put(nameOf(roomId, clientId), { page: own, caseId, unsent: { clientId, body, at, turn, ...added } });
  }

  keepDraft(roomId: string, caseId: string | null, draft: string) {
    return draft ? this.put(draftName(roomId), { page: own, caseId, draft }) : this.drop(draftName(roomId));
  }

  forget(roomId: string, clientId: string) {
    return this.drop(nameOf(roomId, clientId));
  }

  static async unsentWith(deviceKey: string, personId: string) {
    const kept = await Kept.open(deviceKey, personId);
    return kept.unsent().finally(() => kept.database.close());
  }

  /** For a page that has no room open. */
  static async handOver(personId: string, from: string, to: string) {
    const kept = await Kept.open(from, personId);
    await kept.takeKey(to);
    kept.database.close();
  }

  /** What does not open here was sealed for another session: one that has ended, or one that this page is about to hear of. */
  private async all(within?: IDBKeyRange): Promise<[name: string, words: Words][]> {
    const found: [string, Words][] = [];
    for (const name of (await done(this.read().getAllKeys(within))) as string[]) {
      const sealed = (await done(this.read().get(name))) as Sealed | undefined;
      const words = sealed && (await this.unseal(name, sealed));
      if (words) found.push([name, words]);
    }
    return found;
  }

  private async put(name: string, words: Words, key = this.key) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(words));
    const sealed: Sealed = { iv, words: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: placeOf(name) }, key, plain) };
    await done(this.write().put(sealed, name));
  }

  private async unseal(name: string, { iv, words }: Sealed): Promise<Words | null> {
    try {
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: placeOf(name) }, this.key, words);
      return JSON.parse(new TextDecoder().decode(plain)) as Words;
    } catch {
      return null;
    }
  }

  private drop = (name: string) => done(this.write().delete(name));
  private read = () => this.database.transaction(table).objectStore(table);
  private write = () => this.database.transaction(table, 'readwrite').objectStore(table);
}

/** What another person left here, whose session ended while no page could hear of it, can't be read; it goes all the same. */
async function leaveTo(personId: string, database: IDBDatabase) {
  const work = database.transaction([table, owner], 'readwrite');
  const whose = await done(work.objectStore(owner).get(owner));
  if (whose !== undefined && whose !== personId) work.objectStore(table).clear();
  await done(work.objectStore(owner).put(personId, owner));
}

async function keyFrom(deviceKey: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(deviceKey.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

const nameOf = (roomId: string, clientId: string) => `${roomId}:${clientId}`;
const draftName = (roomId: string) => nameOf(roomId, `${draftMark}${own}`);
const range = (roomId: string) => IDBKeyRange.bound(`${roomId}:`, `${roomId}:\uffff`);
/** A record that is moved to another room does not open there. */
const placeOf = (name: string) => new TextEncoder().encode(name);

const done = <T>(asking: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    asking.addEventListener('success', () => resolve(asking.result), { once: true });
    asking.addEventListener('error', () => reject(asking.error ?? new Error('not kept')), { once: true });
  });
