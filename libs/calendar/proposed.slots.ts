import type { ProposeMeeting } from '#contract';
import { DomainError } from '#platform';

export type Slot = { from: Date; to: Date };

const hour = 3_600_000;
const longest = 8 * hour;
const answerWithin = 7 * 24 * hour;

/** The proposed hours, earliest first. An hour that has passed, runs backwards, is longer than a day's work or comes twice is refused. */
export function slotsOf(proposed: NonNullable<ProposeMeeting['slots']>, now: Date): Slot[] {
  const slots = proposed.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) })).toSorted((a, b) => +a.from - +b.from);
  for (const [index, { from, to }] of slots.entries()) {
    if (from <= now) throw new DomainError('meeting.in_past');
    const before = slots[index - 1];
    const again = before && +before.from === +from && +before.to === +to;
    if (to <= from || +to - +from > longest || again) throw new DomainError('invalid', { fields: { [`slots.${index}`]: 'invalid' } });
  }
  return slots;
}

/** A proposal waits a week for its answers, and never longer than its last hour. */
export const expiryOf = (slots: Slot[], now: Date) => new Date(Math.min(+slots.at(-1)!.from, +now + answerWithin));
