import type { ProposeMeeting } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { DomainError } from '#platform';
import { scheduling } from '#times';

export type Slot = { from: Date; to: Date };

const longest = scheduling.longest_meeting_minutes * 60_000;
const answerWithin = scheduling.answer_days * 86_400_000;
const week = 7 * 86_400_000;

/**
 * Hours proposed by hand, earliest first. One that has passed, runs backwards, is longer than a day's work, falls on a holiday (in any of
 * its weeks) or comes twice is refused. Hours outside somebody's working week are not: people may agree on what they like.
 */
export function slotsOf(proposed: NonNullable<ProposeMeeting['slots']>, weeks: number, now: Date): Slot[] {
  const slots = proposed.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) })).toSorted((a, b) => +a.from - +b.from);
  for (const [index, { from, to }] of slots.entries()) {
    const wrong = (code: string) => new DomainError('invalid', { fields: { [`slots.${index}`]: code } });
    if (from <= now) throw new DomainError('meeting.in_past');
    if (to <= from) throw wrong('ends_first');
    if (+to - +from > longest) throw new DomainError('meeting.too_long');
    const before = slots[index - 1];
    if (before && +before.from === +from && +before.to === +to) throw wrong('invalid');
    for (let later = 0; later < weeks; later += 1)
      if (touchesHoliday(+from + later * week, +to + later * week)) throw new DomainError('meeting.on_holiday');
  }
  return slots;
}

const touchesHoliday = (from: number, to: number) => [from, to - 1].some((at) => kazakhstan.isHoliday(dayOf(at, kazakhstan.zone)));

/** A proposal waits a week for its answers, and never longer than its last hour. */
export const expiryOf = (slots: Slot[], now: Date) => new Date(Math.min(+slots.at(-1)!.from, +now + answerWithin));
