export type DayParts = { year: string; month: string; day: string };
export const partsOf = (day: string): DayParts => {
  const [year = '', month = '', of = ''] = day.split('-');
  return { year, month, day: of.replace(/^0/, '') };
};
export const two = (typed: string) => typed.trim().padStart(2, '0');

/** As it is sent: YYYY-MM-DD; nothing where nothing was written; a half of it as it is, so that the server says what is wrong. */
export const dayFrom = ({ year, month, day }: DayParts): string =>
  [year, month, day].some((part) => part.trim()) ? `${year.trim()}-${two(month)}-${two(day)}`.slice(0, 10) : '';
