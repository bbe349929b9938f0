import { useEffect, useState } from 'react';
import { CurrentSession, houseSession } from '#contract';
import { call } from '../api.js';
import { endHouseSession, leaveDocument, tabs, tellTabs } from './leave.js';

const minute = 60_000;
/** A minute before the server would end it, so that the ending is told to it. */
const longest = houseSession.idleMs - minute;
const warning = 2 * minute;
const signs = ['pointerdown', 'keydown', 'input', 'scroll'] as const;

/** Seconds until this session ends by itself, once it is time to say so; null before. Any touch of a hand, in any tab, begins the time anew. */
export function useIdle(): { left: number | null; stay: () => void } {
  const [left, setLeft] = useState<number | null>(null);
  const [touch] = useState(() => touches());

  useEffect(() => {
    const onTouch = () => touch.now();
    const onTab = ({ data }: MessageEvent) => (data === 'over' ? leaveDocument('/house/over') : touch.elsewhere());
    const tick = setInterval(() => {
      const rest = longest - touch.idleMs();
      if (rest <= 0) clearInterval(tick);
      if (rest <= 0) void endHouseSession();
      setLeft(rest <= warning ? Math.max(0, Math.ceil(rest / 1000)) : null);
    }, 1_000);
    for (const sign of signs) addEventListener(sign, onTouch, { passive: true, capture: true });
    tabs.addEventListener('message', onTab);
    return () => {
      clearInterval(tick);
      for (const sign of signs) removeEventListener(sign, onTouch, { capture: true });
      tabs.removeEventListener('message', onTab);
    };
  }, [touch]);

  return { left, stay: () => setLeft(null) };
}

/** When a hand was last seen. The server hears of it once a minute, also while somebody writes a long answer. */
function touches() {
  let [seen, told] = [Date.now(), Date.now()];
  return {
    now() {
      seen = Date.now();
      if (seen - told < minute) return;
      told = seen;
      tellTabs('touch');
      void call(CurrentSession, '/sessions/current').catch(() => undefined);
    },
    elsewhere() {
      seen = Date.now();
    },
    idleMs: () => Date.now() - seen,
  };
}
