import { keptHere } from '../device.js';
import type { Outgoing } from './outbox.js';

type Sealed = { iv: Uint8Array<ArrayBuffer>; words: ArrayBuffer };
type Unsent = Pick<Outgoing, 'clientId' | 'body' | 'at' | 'replyTo' | 'files'>;
const table = 'kept';

/**
 * What is on its way from a room, and what is being written there, on a device that its owner called his own: sealed with a key that
 * comes with the session and is kept nowhere, so that it opens in that session alone. Each call fails where the device keeps nothing.
 */
export class Kept {
  private constructor(
    private readonly database: IDBDatabase,
    private readonly key: CryptoKey,
  ) {}

  static async open(deviceKey: string): Promise<Kept> {
    const bytes = Uint8Array.from(atob(deviceKey.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
    const asking = indexedDB.open(keptHere, 1);
    asking.addEventListener('upgradeneeded', () => asking.result.createObjectStore(table));
    const database = await done(asking);
    // Signed out in another tab: what is kept is forgotten there, and this tab must not stand in its way.
    database.addEventListener('versionchange', () => database.close());
    return new Kept(database, key);
  }

  /** What an earlier page of this session left behind, in the order in which it was written. What another session sealed is dropped. */
  async of(roomId: string): Promise<{ unsent: Unsent[]; draft: string }> {
    const names = (await done(this.read().getAllKeys(range(roomId)))) as string[];
    const unsent: Unsent[] = [];
    let draft = '';
    for (const name of names) {
      const found = await this.unseal(name, await done(this.read().get(name) as IDBRequest<Sealed>));
      if (found === null) void this.drop(name);
      else if (name === nameOf(roomId)) draft = found as string;
      else unsent.push(found as Unsent);
    }
    return { unsent: unsent.toSorted((one, other) => (one.clientId < other.clientId ? -1 : 1)), draft };
  }

  keep(roomId: string, { clientId, body, at, replyTo, files }: Unsent) {
    return this.put(nameOf(roomId, clientId), { clientId, body, at, ...(replyTo ? { replyTo } : {}), ...(files ? { files } : {}) });
  }

  keepDraft(roomId: string, draft: string) {
    return draft ? this.put(nameOf(roomId), draft) : this.drop(nameOf(roomId));
  }

  forget(roomId: string, clientId: string) {
    return this.drop(nameOf(roomId, clientId));
  }

  private async put(name: string, words: unknown) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(words));
    const sealed: Sealed = {
      iv,
      words: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: placeOf(name) }, this.key, plain),
    };
    await done(this.write().put(sealed, name));
  }

  private async unseal(name: string, { iv, words }: Sealed): Promise<unknown> {
    try {
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: placeOf(name) }, this.key, words);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return null;
    }
  }

  private drop = (name: string) => done(this.write().delete(name));
  private read = () => this.database.transaction(table).objectStore(table);
  private write = () => this.database.transaction(table, 'readwrite').objectStore(table);
}

const nameOf = (roomId: string, clientId = '') => `${roomId}:${clientId}`;
const range = (roomId: string) => IDBKeyRange.bound(`${roomId}:`, `${roomId}:\uffff`);
/** A record that is moved to another room does not open there. */
const placeOf = (name: string) => new TextEncoder().encode(name);

const done = <T>(asking: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    asking.addEventListener('success', () => resolve(asking.result), { once: true });
    asking.addEventListener('error', () => reject(asking.error ?? new Error('not kept')), { once: true });
  });
