import type { Unavailable, WorkingHours } from '#contract';
import type { Complaints } from '../complaints.js';

const ranges: Record<string, Unavailable['times']> = {
  all: null,
  morning: { from: '09:00', to: '13:00' },
  afternoon: { from: '13:00', to: '18:00' },
};
const said = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

/** A day or days, some weekdays of them, the whole day or some hours. What does not fit is named, and nothing is added then. */
export function unavailableFrom(form: FormData, today: string): { faults: Complaints; time: Unavailable | null } {
  const faults: Complaints = {};
  const from = said(form, 'from');
  const to = said(form, 'to') || from;
  if (!from) faults['from'] = 'required';
  else if (to < today) faults['from'] = 'past';
  if (from && to < from) faults['to'] = 'date';
  const hours = said(form, 'hours');
  const own = { from: said(form, 'since'), to: said(form, 'until') };
  if (hours === 'own' && !own.from) faults['since'] = 'required';
  if (hours === 'own' && (!own.to || own.to <= own.from)) faults['until'] = own.to ? 'date' : 'required';
  if (Object.keys(faults).length > 0) return { faults, time: null };
  const weekdays = form.getAll('weekdays').map(Number);
  return { faults, time: { from, to, weekdays, times: hours === 'own' ? own : (ranges[hours] ?? null) } };
}

/** Two spans a day at most, each with both its ends. */
export function weekFrom(form: FormData): { faults: Complaints; weekly: WorkingHours['weekly'] } {
  const faults: Complaints = {};
  const weekly = Array.from({ length: 14 }, (_, at) => ({ day: Math.floor(at / 2) + 1, half: at % 2 })).flatMap(({ day, half }) => {
    const [from, to] = [said(form, `from-${day}-${half}`), said(form, `to-${day}-${half}`)];
    if (!from && !to) return [];
    if (!from) faults[`from-${day}-${half}`] = 'required';
    if (!to) faults[`to-${day}-${half}`] = 'required';
    if (from && to && to <= from) faults[`to-${day}-${half}`] = 'date';
    return [{ day, from, to }];
  });
  return { faults, weekly };
}

/** An absence is whole days; extra hours are hours of one day. Both by the clock of the House. */
export function exceptionFrom(form: FormData, today: string) {
  const faults: Complaints = {};
  const isOpen = said(form, 'kind') === 'open';
  const from = said(form, 'from');
  const to = (!isOpen && said(form, 'to')) || from;
  const [since, until] = isOpen ? [said(form, 'since'), said(form, 'until')] : ['00:00', ''];
  if (!from) faults['from'] = 'required';
  else if (to < today) faults['from'] = 'past';
  if (from && to < from) faults['to'] = 'date';
  if (isOpen && !since) faults['since'] = 'required';
  if (isOpen && (!until || until <= since)) faults['until'] = until ? 'date' : 'required';
  if (Object.keys(faults).length > 0) return { faults, exception: null };
  const end = isOpen ? new Date(`${from}T${until}:00+05:00`) : new Date(new Date(`${to}T00:00:00+05:00`).getTime() + 86_400_000);
  return { faults, exception: { from: new Date(`${from}T${since}:00+05:00`).toISOString(), to: end.toISOString(), open: isOpen } };
}

/** One stretch of one day by the clock of a zone. */
export function pickFrom(form: FormData, zone: string, now: number) {
  const faults: Complaints = {};
  const [day, since, until] = ['pick-day', 'pick-since', 'pick-until'].map((name) => said(form, name)) as [string, string, string];
  if (!day) faults['pick-day'] = 'required';
  if (!since) faults['pick-since'] = 'required';
  if (!until || until <= since) faults['pick-until'] = until ? 'date' : 'required';
  if (Object.keys(faults).length > 0) return { faults, pick: null };
  const [from, to] = [instantOf(day, since, zone), instantOf(day, until, zone)];
  if (from <= now) return { faults: { 'pick-day': 'past' }, pick: null };
  return { faults, pick: { from: new Date(from).toISOString(), to: new Date(to).toISOString() } };
}

/** The moment at which the clocks of a zone show this. */
function instantOf(day: string, time: string, zone: string): number {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const first = wall - offsetAt(wall, zone);
  return wall - offsetAt(first, zone);
}

function offsetAt(at: number, zone: string): number {
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields }).formatToParts(at);
  const { year, month, day, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year!, month! - 1, day!, hour!, minute!) - at;
}
