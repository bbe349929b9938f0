import { type ComponentType, useEffect, useState } from 'react';
import { whenQuiet } from '../api.js';

const againMs = 4_000;
const coming = new Set<Promise<unknown>>();
const listeners = new Set<() => unknown>();

/** A file that nobody waits for, and that a weak line may lose: asked for when nothing else is, until it is there. */
export function whenThereIsTime<T>(load: () => Promise<T>): Promise<T> {
  const asked = whenQuiet().then(() => untilItComes(load));
  coming.add(asked);
  void asked.then(() => {
    coming.delete(asked);
    for (const tell of listeners) void tell();
  });
  return asked;
}

async function untilItComes<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, againMs));
    return untilItComes(load);
  }
}

/** When all that was put off has come. */
export const allCame = () => Promise.all(coming);

/** What a page asks for later still comes later still: acts on a message, with the first message. */
export const wheneverMoreComes = (tell: () => unknown) => void listeners.add(tell);

/**
 * A part of a page without which one can read and write: its file, and the words it asks for, come when nothing else is being asked for.
 * Nothing stands in its place until then.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let found: { Part: ComponentType<P> } | null = null;
  let asked: Promise<{ Part: ComponentType<P> }> | undefined;
  const come = async () => (found = { Part: await whenThereIsTime(load) });
  return (props: P) => {
    const [it, setIt] = useState(found);
    useEffect(() => {
      let isGone = false;
      if (!it) void (asked ??= come()).then((one) => !isGone && setIt(one));
      return () => void (isGone = true);
    }, [it]);
    return it && <it.Part {...props} />;
  };
}
