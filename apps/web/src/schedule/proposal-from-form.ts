import type { ProposeMeeting } from '#contract';
import type { Complaints } from '../complaints.js';

export const lengths = [30, 60, 90, 120, 180] as const;

/** What is typed is Oskemen's clock, whatever the device's own zone. */
export function proposalFrom(form: FormData, id: string, slots: number[], now = Date.now()) {
  const faults: Complaints = {};
  const hours = slots.flatMap((slot) => {
    const [date, time] = [String(form.get(`date-${slot}`) ?? ''), String(form.get(`time-${slot}`) ?? '')];
    if (!date) faults[`date-${slot}`] = 'required';
    if (!time) faults[`time-${slot}`] = 'required';
    if (!date || !time) return [];
    const from = new Date(`${date}T${time}:00+05:00`);
    if (Number.isNaN(from.getTime())) faults[`date-${slot}`] = 'wrong';
    else if (from.getTime() <= now) faults[`date-${slot}`] = 'past';
    else return [{ from: from.toISOString(), to: new Date(from.getTime() + Number(form.get(`length-${slot}`)) * 60_000).toISOString() }];
    return [];
  });
  const mode = String(form.get('mode')) as ProposeMeeting['mode'];
  const isWhole = Object.keys(faults).length === 0 && hours.length > 0;
  return { faults, proposal: isWhole ? { id, mode, slots: hours } : null };
}
