/** What was written on a weak line before the program came (public/first.js), and where its author was in it. */
export type Written = { draft: string; unsent: { clientId: string; body: string; at: string }[]; caret: [number, number] | null };
type Early = HTMLElement & { handOver?: () => Written; unsaid?: () => number };

const early = () => document.getElementById('early') as Early | null;
let lost = 0;

/** Once, by the room it was written to: nobody writes there any longer. */
export const takeEarly = (roomId: string) => (early()?.dataset['roomId'] === roomId ? (early()?.handOver?.() ?? null) : null);

/** It goes when the room itself is there, or another page: what was written and not sent is then lost, and told of. */
export function endEarly() {
  lost = lostEarly();
  early()?.remove();
}

export const lostEarly = () => early()?.unsaid?.() ?? lost;
export const forgetLost = () => void (lost = 0);
