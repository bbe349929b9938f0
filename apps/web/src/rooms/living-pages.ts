import { v4 as newName } from 'uuid';

/** This page, among all of this browser that have the cabinet open. */
export const own = newName();
const prefix = 'kelisim page ';
const lock = (name: string) => `${prefix}${name}`;

// Held as long as the page lives; the browser lets go of it with the page, however that ended.
void navigator.locks?.request(lock(own), () => new Promise(() => undefined)).catch(() => undefined);

/** Two live tabs of one person must not send, or take back, each other's messages. Where a browser can't tell, every other page counts as gone. */
export async function livingPages(): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}

/** What a page left behind goes to one other page, not to two. */
export const oneAtATime = <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks ? (navigator.locks.request('kelisim taking over', work) as Promise<T>) : work();
