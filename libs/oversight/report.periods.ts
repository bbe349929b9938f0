import { DomainError } from '#platform';

/** `2026-03..2026-08` from one month to another of the same year, `2026-09` a month, `2026-Q3`, `2026-H2`, `2026` the year, `2026-T09` the running total since 1 January. */
export type Period = { code: string; year: number; months: readonly number[] };

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const two = (month: number) => String(month).padStart(2, '0');

export function periodFrom(code: string): Period {
  const [, of, first, last] = /^(20\d\d)-(0[1-9]|1[0-2])\.\.\1-(0[1-9]|1[0-2])$/.exec(code) ?? [];
  if (of && first! <= last!) return { code, year: Number(of), months: upTo(Number(first), Number(last)) };
  const [, year, month, quarter, half, running] = /^(20\d\d)(?:-(0[1-9]|1[0-2])|-Q([1-4])|-H([12])|-T(0[1-9]|1[0-2]))?$/.exec(code) ?? [];
  if (!year) throw new DomainError('invalid', { fields: { period: 'invalid' } });
  const months = month
    ? [Number(month)]
    : quarter
      ? upTo(Number(quarter) * 3 - 2, Number(quarter) * 3)
      : half
        ? upTo(Number(half) * 6 - 5, Number(half) * 6)
        : upTo(1, Number(running ?? 12));
  return { code, year: Number(year), months };
}

/** The periods that are over when this month is, the longest first. */
export function periodsEndingWith(year: number, month: number): Period[] {
  const codes = [
    ...(month === 12 ? [`${year}`] : []),
    `${year}-T${two(month)}`,
    ...(month % 6 === 0 ? [`${year}-H${month / 6}`] : []),
    ...(month % 3 === 0 ? [`${year}-Q${month / 3}`] : []),
    `${year}-${two(month)}`,
  ];
  return codes.map(periodFrom);
}

/** The quarter and the half-year that go on after this month: what they have so far is as much a secret as when they end. */
export function periodsUnderWay(year: number, month: number): Period[] {
  const codes = [
    ...(month % 6 === 0 ? [] : [`${year}-H${Math.ceil(month / 6)}`]),
    ...(month % 3 === 0 ? [] : [`${year}-Q${Math.ceil(month / 3)}`]),
  ];
  return codes.map(periodFrom);
}

/** From any month but the first to any later one, up to this: nobody may put them together from what is published either. */
export function rangesWithin(year: number, month: number): Period[] {
  return upTo(3, month).flatMap((to) => upTo(2, to - 1).map((from) => periodFrom(`${year}-${two(from)}..${year}-${two(to)}`)));
}

/** What of each year lies in a period from one month to another: the range itself, its months, and the running totals that bound it. */
export type Stretch = { whole: string; before: string | null; months: string[] };
export function stretchesOf(code: string): Stretch[] {
  const [from, to] = code.split('..') as [string, string];
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return upTo(first, last).map((year) => {
    const begins = year === first ? Number(from.slice(5)) : 1;
    const ends = year === last ? Number(to.slice(5)) : 12;
    return {
      whole: `${year}-T${two(ends)}`,
      before: begins > 1 ? `${year}-T${two(begins - 1)}` : null,
      months: upTo(begins, ends).map((month) => `${year}-${two(month)}`),
    };
  });
}

/** What a report is compared with: the month, quarter or half-year before it; of a year and a running total the same a year before. */
export function periodBefore({ code, year, months }: Period): string {
  const first = months[0]!;
  if (!/-(\d\d|Q\d|H\d)$/.test(code)) return `${year - 1}${code.slice(4)}`;
  const length = months.length;
  const [inYear, at] = first > 1 ? [year, first - 1] : [year - 1, 12];
  return length === 1 ? `${inYear}-${two(at)}` : `${inYear}-${length === 3 ? 'Q' : 'H'}${at / length}`;
}
