import { useCallback, useEffect, useRef, useState } from 'react';
import type { FileView } from '#contract';
import { Problem } from '../api.js';
import { upload, type UploadPlace } from './upload.js';

export type Going = {
  key: number;
  name: string;
  bytes: number;
  sent: number;
  state: 'sending' | 'checking' | 'waiting' | 'refused';
  code?: Problem['code'];
};

/** Files on their way from this page; `arrived` hears of each that is there. */
export function useUploads(place: UploadPlace, arrived: (file: FileView) => void) {
  const [going, setGoing] = useState<Going[]>([]);
  const stops = useRef(new Map<number, AbortController>());
  const next = useRef(0);
  useEffect(() => {
    const held = stops.current;
    return () => held.clear(); // what is on its way goes on; the page that watched it is gone
  }, []);

  const change = (key: number, part: Partial<Going>) =>
    setGoing((list) => list.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = useCallback((key: number) => {
    stops.current.get(key)?.abort();
    setGoing((list) => list.filter((one) => one.key !== key));
  }, []);

  const watch = async (key: number, sending: Promise<FileView>, stop: AbortSignal) => {
    try {
      const done = await sending;
      stops.current.delete(key);
      drop(key);
      arrived(done);
    } catch (failure) {
      if (!stop.aborted) change(key, { state: 'refused', code: failure instanceof Problem ? failure.code : 'internal' });
    }
  };

  const send = (file: File) => {
    const key = (next.current += 1);
    const stop = new AbortController();
    stops.current.set(key, stop);
    setGoing((list) => [...list, { key, name: file.name, bytes: file.size, sent: 0, state: 'sending' }]);
    const told = {
      sent: (sent: number) => change(key, { sent, state: sent >= file.size ? 'checking' : 'sending' }),
      checking: (isWaiting: boolean) => change(key, { state: isWaiting ? 'waiting' : 'checking' }),
    };
    void watch(key, upload(file, place, told, stop.signal), stop.signal);
  };
  return { going, send, drop };
}
