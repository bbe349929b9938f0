import type { Attendee, RecordAttendance } from '#contract';
import type { Complaints } from '../complaints.js';

const longest = 24 * 60;

/** Minutes may be left out; what is no number of minutes of one day is named, and nothing is sent then. */
export function attendanceFrom(form: FormData, people: Pick<Attendee, 'personId'>[]) {
  const faults: Complaints = {};
  const held = form.get('held') !== 'no';
  const rows = people.map(({ personId }) => {
    const typed = String(form.get(`minutes-${personId}`) ?? '').trim();
    const minutes = typed === '' ? null : Number(typed);
    if (minutes !== null && !(Number.isInteger(minutes) && minutes >= 0 && minutes <= longest)) faults[`minutes-${personId}`] = 'wrong';
    const attended = form.get(`was-${personId}`) !== 'no';
    return { personId, attended, minutes: attended ? minutes : null };
  });
  const attendance: RecordAttendance | null = Object.keys(faults).length > 0 ? null : { held, people: rows };
  return { attendance, faults };
}
