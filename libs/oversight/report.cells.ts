import { added, Known, smallest, type Vector } from './report.hiding.js';
import { type Period, periodFrom, periodsEndingWith, periodsUnderWay, rangesWithin } from './report.periods.js';

export type Count = { line: string; dim: string; value: string; n: number; total: number };
export type Kept = Count & { period: string; shown: boolean };
type Cell = Omit<Kept, 'shown'>;

/** A number of a day and not of a month, and of a public register: it is not added up, and hides nobody. */
const stocks = new Set(['active_mediators']);
/** Things the House held: they are public, hide nobody, and are added up. */
const open = new Set(['events', 'people_reached']);
const all = 'all';

/** Every cell of the periods that end with this month: the month's counts, and their sums with those of the months before. */
export function cellsOf(year: number, month: number, counts: readonly Count[], before: readonly Kept[]): Kept[] {
  const periods = periodsEndingWith(year, month);
  const lines = [...new Set([...counts, ...before].map(({ line }) => line))].toSorted();
  return lines.flatMap((line) => {
    const own = counts.filter((one) => one.line === line);
    if (stocks.has(line)) return own.flatMap((one) => periods.map(({ code }) => ({ ...one, period: code, shown: true })));
    return decided(
      new Line(
        line,
        month,
        own,
        before.filter((one) => one.line === line),
      ),
      periods,
      [...periodsUnderWay(year, month), ...rangesWithin(year, month)],
    );
  });
}

/** The totals first, then the longest period, in it the largest number: what is hidden beside a small cell is as little as can be. */
function decided(line: Line, periods: Period[], underWay: Period[]): Kept[] {
  const now = periods.flatMap((period) => line.cellsIn(period));
  const cells = [...now.filter(({ dim }) => dim === all), ...now.filter(({ dim }) => dim !== all)];
  if (open.has(line.name)) return cells.map((cell) => ({ ...cell, shown: true }));
  const secret = line.secrets([...line.before, ...cells, ...underWay.flatMap((period) => line.cellsIn(period))]);
  if (secret.length === 0 && line.before.every(({ shown }) => shown)) return cells.map((cell) => ({ ...cell, shown: true }));
  const known = new Known();
  for (const cell of line.before) if (cell.shown && cell.n > 0) known.publish(line.vectorOf(cell));
  // What was hidden once stays so, also when nothing small is behind it any more.
  for (const cell of line.before) if (!cell.shown) known.guard(line.vectorOf(cell));
  for (const one of secret) known.guard(one);
  return cells.map((cell) => ({ ...cell, shown: cell.n === 0 || known.publish(line.vectorOf(cell)) }));
}

/**
 * One line of the report with all its cuts. A leaf is a month's count of a value of a cut; but the cuts of a month add up to one and the same
 * total, and kinds of dispute to their main kind, so that the largest value of each is what the others leave: no leaf of its own.
 */
class Line {
  private readonly counts = new Map<string, { n: number; total: number }>();
  private readonly values = new Map<string, string[]>();
  private readonly vectors = new Map<string, Vector>();

  constructor(
    readonly name: string,
    private readonly month: number,
    own: readonly Count[],
    readonly before: readonly Kept[],
  ) {
    for (const cell of before) {
      const past = Number(/^\d{4}-(\d\d)$/.exec(cell.period)?.[1] ?? 0);
      if (past) this.take(past, cell);
    }
    for (const cell of own) this.take(month, cell);
  }

  private take(month: number, { dim, value, n, total }: Count) {
    if (!this.values.get(dim)?.includes(value)) this.values.set(dim, [...(this.values.get(dim) ?? []), value]);
    if (n > 0) this.counts.set(`${month}|${dim}|${value}`, { n, total });
  }

  cellsIn(period: Period): Cell[] {
    return [...this.values].flatMap(([dim, values]) =>
      values
        .map((value): Cell => {
          const months = this.monthsOf(period).flatMap((month) => this.counts.get(`${month}|${dim}|${value}`) ?? []);
          const sum = (of: 'n' | 'total') => months.reduce((whole, one) => whole + one[of], 0);
          return { period: period.code, line: this.name, dim, value, n: sum('n'), total: sum('total') };
        })
        .toSorted((one, other) => other.n - one.n || (one.value < other.value ? -1 : 1)),
    );
  }

  vectorOf({ period, dim, value }: Pick<Cell, 'period' | 'dim' | 'value'>): Vector {
    return added(this.monthsOf(periodFrom(period)).map((month) => this.leaf(month, dim, value)));
  }

  /** What is hidden for its own sake: a number of 1 to 4; and small numbers of one row that together are few, or are all one. */
  secrets(cells: readonly Cell[]): Vector[] {
    const rows = new Map<string, Cell[]>();
    for (const cell of cells) rows.set(`${cell.period}|${cell.dim}`, [...(rows.get(`${cell.period}|${cell.dim}`) ?? []), cell]);
    const few = cells.filter(({ n }) => n > 0 && n < smallest).map((cell) => this.vectorOf(cell));
    const together = [...rows.values()].flatMap((row) => {
      const small = row.filter(({ n }) => n > 0 && n < smallest);
      const sum = small.reduce((whole, { n }) => whole + n, 0);
      return small.length > 1 && (sum < smallest || sum === small.length) ? [added(small.map((cell) => this.vectorOf(cell)))] : [];
    });
    return [...few, ...together];
  }

  private readonly monthsOf = ({ months }: Period) => months.filter((month) => month <= this.month);

  private leaf(month: number, dim: string, value: string): Vector {
    const key = `${month}|${dim}|${value}`;
    const known = this.vectors.get(key);
    if (known) return known;
    const made = this.counts.has(key) ? this.made(month, dim, value) : new Map<string, number>();
    this.vectors.set(key, made);
    return made;
  }

  private made(month: number, dim: string, value: string): Vector {
    const key = `${month}|${dim}|${value}`;
    if (dim === all) return new Map([[key, 1]]);
    const parts = dim === 'category' ? this.partsOf(month, value) : [];
    if (parts.length > 0) return added(parts.map((part) => this.leaf(month, 'subcategory', part)));
    const live = this.values.get(dim)!.filter((one) => this.counts.has(`${month}|${dim}|${one}`));
    const n = (one: string) => this.counts.get(`${month}|${dim}|${one}`)!.n;
    const whole = this.counts.get(`${month}|${all}|${all}`)?.n ?? 0;
    // Of whom no number tells the sex none tells the age: one number under two names.
    if (dim === 'age_band' && value === 'unknown') return this.leaf(month, 'sex', 'unknown');
    const free = dim === 'age_band' ? live.filter((one) => one !== 'unknown') : live;
    const largest = free.toSorted((one, other) => n(other) - n(one) || (one < other ? -1 : 1))[0];
    if (value !== largest || live.reduce((sum, one) => sum + n(one), 0) !== whole) return new Map([[key, 1]]);
    const others = live.filter((one) => one !== value).map((one) => this.leaf(month, dim, one));
    return added([this.leaf(month, all, all), added(others, -1)]);
  }

  /** The kinds within a main kind, where the line is cut by both and they add up. */
  private partsOf(month: number, category: string): string[] {
    const parts = (this.values.get('subcategory') ?? []).filter(
      (one) => one.startsWith(`${category}/`) && this.counts.has(`${month}|subcategory|${one}`),
    );
    const sum = parts.reduce((whole, one) => whole + this.counts.get(`${month}|subcategory|${one}`)!.n, 0);
    return sum === this.counts.get(`${month}|category|${category}`)!.n ? parts : [];
  }
}
