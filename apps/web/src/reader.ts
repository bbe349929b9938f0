import { useSyncExternalStore } from 'react';
import { readCookie, writeCookie } from './cookies.js';

/** The version for the visually impaired: what may be set, and to what. The first of each is the ordinary look. */
export const readerChoices = {
  theme: ['', 'hc-light', 'hc-dark', 'blue'],
  size: ['', '1.25', '1.5', '2'],
  spacing: ['', 'wide', 'widest'],
  pictures: ['', 'off'],
} as const;
export type ReaderSetting = keyof typeof readerChoices;
export type ReaderSettings = Partial<Record<ReaderSetting, string>>;

const settings = Object.keys(readerChoices) as ReaderSetting[];
const listeners = new Set<() => void>();
let current: ReaderSettings = {};

function show(chosen: ReaderSettings) {
  current = chosen;
  for (const setting of settings) {
    const value = chosen[setting];
    const known = (readerChoices[setting] as readonly string[]).includes(value ?? '');
    if (value && known) document.documentElement.dataset[setting] = value;
    else delete document.documentElement.dataset[setting];
  }
  listeners.forEach((listen) => listen());
}

export const startReader = () => show(Object.fromEntries(new URLSearchParams(readCookie('reader'))));

export function setReader(chosen: ReaderSettings) {
  const kept = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
  writeCookie('reader', new URLSearchParams(kept).toString());
  show(kept);
}

export function useReader(): ReaderSettings {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => current,
  );
}
