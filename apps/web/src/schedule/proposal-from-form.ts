import type { MoveGround, ProposeMeeting } from '#contract';
import type { Complaints } from '../complaints.js';

export const lengths = [30, 60, 90, 120, 180] as const;
/** What the proposal is about besides its hours: the meeting that is to move, or the proposal that it answers. */
export type About = { moves?: string; counters?: string };

/** What is typed is Oskemen's clock, whatever the device's own zone. Without hours of one's own the cabinet finds them. */
export function proposalFrom(form: FormData, id: string, slots: number[], now = Date.now(), about: About = {}) {
  const faults: Complaints = {};
  const isFound = form.get('by') === 'find';
  const hours = isFound ? [] : slots.flatMap((slot) => hourOf(form, slot, now, faults));
  for (const slot of isFound ? [] : repeated(form, slots)) faults[`date-${slot}`] ??= 'twice';
  const rest = { mode: String(form.get('mode')) as ProposeMeeting['mode'], weeks: about.moves ? 1 : Number(form.get('weeks') ?? 1) };
  const more = { ...about, ...(about.moves ? { ground: String(form.get('ground')) as MoveGround } : {}) };
  if (isFound) return { faults, proposal: { id, ...rest, ...more, minutes: Number(form.get('minutes')) } };
  const isWhole = Object.keys(faults).length === 0 && hours.length > 0;
  return { faults, proposal: isWhole ? { id, ...rest, ...more, slots: hours } : null };
}

/** Slots that begin as an earlier one does. */
const repeated = (form: FormData, slots: number[]) => {
  const begins = (slot: number) => `${String(form.get(`date-${slot}`))} ${String(form.get(`time-${slot}`))}`;
  return slots.filter((slot, at) => form.get(`date-${slot}`) && slots.slice(0, at).some((other) => begins(other) === begins(slot)));
};

function hourOf(form: FormData, slot: number, now: number, faults: Complaints) {
  const [date, time] = [String(form.get(`date-${slot}`) ?? ''), String(form.get(`time-${slot}`) ?? '')];
  if (!date) faults[`date-${slot}`] = 'required';
  if (!time) faults[`time-${slot}`] = 'required';
  if (!date || !time) return [];
  const from = new Date(`${date}T${time}:00+05:00`);
  if (Number.isNaN(from.getTime())) faults[`date-${slot}`] = 'wrong';
  else if (from.getTime() <= now) faults[`date-${slot}`] = 'past';
  else return [{ from: from.toISOString(), to: new Date(from.getTime() + Number(form.get(`length-${slot}`)) * 60_000).toISOString() }];
  return [];
}
