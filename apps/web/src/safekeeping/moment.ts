/** A day and an hour of Kazakhstan as an instant; what is no day stays what was typed, for the schema to complain of. */
export function momentFrom(day: FormDataEntryValue | null, time: FormDataEntryValue | null): string {
  const at = new Date(`${String(day)}T${String(time).trim().padStart(5, '0')}:00+05:00`);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
