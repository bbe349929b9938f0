import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '#platform';

/** Asks the api ten times a second, in turn: is it ready, a list of one's own, a change of one's own. Counts what came else than 2xx: `away` is 503 with Retry-After. */
export function watchApi(origin: string, cookie: string) {
  let [refused, away, asked, turn] = [0, 0, 0, 0];
  const state = { begun: false };
  const json = { 'content-type': 'application/json' };
  const questions: [path: string, request: RequestInit][] = [
    ['health/ready', {}],
    ['notices?limit=1', {}],
    ['notices/read-mark', { method: 'PUT', body: JSON.stringify({ upTo: newId() }), headers: json }],
  ];
  const ask = async () => {
    turn += 1;
    const [path, request] = questions[turn % questions.length]!;
    const headers = { ...request.headers, cookie, origin };
    const reply = await fetch(`${origin}/api/${path}`, { ...request, headers, signal: AbortSignal.timeout(5_000) }).catch(() => null);
    state.begun ||= reply?.ok === true;
    if (!state.begun) return;
    asked += 1;
    if (reply?.ok) return;
    if (reply?.status === 503 && reply.headers.has('retry-after')) away += 1;
    else refused += 1;
  };
  const timer = setInterval(() => void ask(), 100);
  return {
    /** Since it was last told. */
    since: () => {
      const told = { asked, away, refused };
      [asked, away, refused] = [0, 0, 0];
      return told;
    },
    untilBegun: async () => {
      while (!state.begun) await pause(50);
      [asked, away, refused] = [0, 0, 0];
    },
    stop: () => clearInterval(timer),
  };
}
