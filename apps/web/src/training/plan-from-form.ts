const saidIn = (form: FormData) => (name: string) => String(form.get(name) ?? '');

/** Where and when, as the contract wants it: so many days in a row at the same hours, as the House counts them (UTC+5). */
export function daysFromForm(form: FormData) {
  const said = saidIn(form);
  const first = said('first');
  const at = (day: string, time: string) => `${day}T${time}:00+05:00`;
  const count = Math.min(20, Math.max(1, Number(said('count')) || 1));
  const days = first ? Array.from({ length: count }, (_, index) => dayAfter(first, index)) : [];
  return {
    place: said('place'),
    days: days.map((day) => ({ from: at(day, said('from')), to: at(day, said('to')) })),
    enrolUntil: said('enrolUntil') && at(said('enrolUntil'), '23:59'),
  };
}

/** What the form of a new training says. */
export function planFromForm(form: FormData, id: string) {
  const said = saidIn(form);
  const what = { id, course: said('course'), field: said('field') || null, language: said('language'), seats: Number(said('seats')) };
  return { ...what, ...daysFromForm(form) };
}

function dayAfter(day: string, count: number): string {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + count);
  return moved.toISOString().slice(0, 10);
}
