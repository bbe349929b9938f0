import type { MeetingAct } from '#contract';
import { type Meeting, stateOf } from './meeting.rows.js';

const minute = 60_000;
/** The waiting room opens, and a meeting may begin, this long before its hour. */
export const opensBefore = 15 * minute;
/** A page tells that somebody is there this often at least (web: every 15 seconds); longer silence is absence. */
export const silence = 45;
/** How long after its end a meeting may still be begun late, or written down by hand. */
const written = 31 * 24 * 60 * minute;
/** So many meetings of a case may come to nothing without a word of who it was, and the next hour costs nobody anything. */
export const missedFree = 1;

export const opensAt = ({ from }: Meeting) => new Date(from.getTime() - opensBefore);

/** What somebody may do with a meeting at this moment. The whole of it: pages show these acts, services refuse all others. */
export function actsAt(meeting: Meeting, isMediator: boolean, at: Date): MeetingAct[] {
  const state = stateOf(meeting);
  const isOpen = at >= opensAt(meeting);
  const isFresh = at.getTime() < meeting.to.getTime() + written;
  const isOnline = meeting.mode === 'room' || meeting.mode === 'video';
  if (state === 'cancelled') return [];
  if (state === 'held' || state === 'missed') return isMediator && isFresh ? ['record'] : [];
  const own: MeetingAct[] = isOnline && isOpen && isFresh ? ['wait'] : [];
  if (state === 'booked' && at < meeting.to) own.push('excuse');
  if (!isMediator) return own;
  if (state === 'running') return [...own, 'pause', 'end'];
  if (state === 'paused') return [...own, 'resume', 'end'];
  return isOpen && isFresh ? [...own, 'start', 'record'] : own;
}
