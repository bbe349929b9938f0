import { keptHere } from '../device.js';

export const keptIn = 'kept';
export const draftMark = 'draft:';

/** How many messages wait here, of whomever: what they say can't be read without the session's key. */
export async function countUnsent(): Promise<number> {
  if (!(await indexedDB.databases()).some(({ name }) => name === keptHere)) return 0;
  return new Promise((resolve, reject) => {
    const asking = indexedDB.open(keptHere);
    const names = (database: IDBDatabase) => database.transaction(keptIn).objectStore(keptIn).getAllKeys();
    const count = (all: IDBValidKey[]) => all.filter((name) => !String(name).includes(draftMark)).length;
    const found = ({ result: database }: IDBOpenDBRequest) => {
      const listing = names(database);
      listing.addEventListener('success', () => resolve(count(listing.result)));
      database.close();
    };
    asking.addEventListener('success', () => found(asking));
    asking.addEventListener('error', () => reject(asking.error ?? new Error('not kept')));
  });
}
