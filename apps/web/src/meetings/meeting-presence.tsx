import type { MeetingView } from '#contract';
import { nowMs } from '../clock.js';
import { useSchedule } from '../schedule/use-schedule.js';
import { useMeeting } from './use-meeting.js';

/** The waiting room opens so long before the hour, and nobody sits longer than this after it. */
const [before, after] = [15 * 60_000, 3 * 3_600_000];
const isNow = ({ from, to, cancelled }: MeetingView) =>
  !cancelled && Date.parse(from) - before <= nowMs() && nowMs() <= Date.parse(to) + after;

/** Whoever sits in the rooms of a case while its meeting is on is at the meeting. Shows nothing. */
export function MeetingPresence({ caseId }: { caseId: string }) {
  const meeting = useSchedule(caseId).data?.meetings.find(isNow);
  return meeting && <Beat meetingId={meeting.id} />;
}

function Beat({ meetingId }: { meetingId: string }) {
  useMeeting(meetingId);
  return null;
}
