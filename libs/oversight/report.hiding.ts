/**
 * Which cells of a published table are shown. A cell of 1 to 4 is hidden; and so is every cell whose publication would let a reader work out a
 * hidden one from sums: of a row, of months in a quarter, of a running total less the last one. Decided exactly, by linear algebra: what is
 * published spans a space, and no hidden cell may lie in it. Decisions are made month by month and never taken back, so that last month's
 * report and this month's together give nothing away either.
 *
 * Zeros are always shown: a month without a single case of a kind tells of nobody. So a variable is a month's own count that is not zero.
 */
export type Leaf = string;
/** A number that may be published, as a sum of leaves with a factor each. */
export type Vector = Map<Leaf, number>;

export const smallest = 5;
/** Large enough that no sum of zeros and ones meets it by chance, small enough that a product stays exact. */
const prime = 67_108_859;

/** What a reader who knows every published sum can work out. */
export class Known {
  private readonly rows = new Map<Leaf, Vector>();
  private guarded: Vector[] = [];

  /** A sum that nobody may be able to work out from now on. False if it is known already. */
  guard(sum: Vector): boolean {
    const left = this.reduce(modulo(sum));
    if (left.size === 0) return false;
    this.guarded.push(left);
    return true;
  }

  /** Publishes the sum, unless a guarded one could then be worked out. True if it is, or was, to be had. */
  publish(sum: Vector): boolean {
    const row = this.reduce(modulo(sum));
    const pivot = row.keys().next();
    if (pivot.done) return true;
    const unit = scaled(row, inverse(row.get(pivot.value)!));
    const guarded = this.guarded.map((one) => without(one, unit, pivot.value));
    if (guarded.some((one) => one.size === 0)) return false;
    for (const [leaf, other] of this.rows) this.rows.set(leaf, without(other, unit, pivot.value));
    this.rows.set(pivot.value, unit);
    this.guarded = guarded;
    return true;
  }

  private reduce(vector: Vector): Vector {
    let left = vector;
    for (const leaf of vector.keys()) {
      const row = this.rows.get(leaf);
      if (row) left = without(left, row, leaf);
    }
    return left;
  }
}

/** Sums of sums. */
export function added(vectors: readonly Vector[], factor = 1): Vector {
  const all: Vector = new Map();
  for (const vector of vectors)
    for (const [leaf, value] of vector) {
      const rest = (all.get(leaf) ?? 0) + factor * value;
      if (rest === 0) all.delete(leaf);
      else all.set(leaf, rest);
    }
  return all;
}

const modulo = (sum: Vector): Vector => new Map([...sum].map(([leaf, value]) => [leaf, ((value % prime) + prime) % prime]));

/** `from` less as much of `row` (whose pivot is one) as takes the pivot out of it. */
function without(from: Vector, row: Vector, pivot: Leaf): Vector {
  const times = from.get(pivot);
  if (times === undefined) return from;
  const left = new Map(from);
  for (const [leaf, value] of row) {
    const rest = ((left.get(leaf) ?? 0) + (prime - times) * value) % prime;
    if (rest === 0) left.delete(leaf);
    else left.set(leaf, rest);
  }
  return left;
}

const scaled = (row: Vector, by: number): Vector => new Map([...row].map(([leaf, value]) => [leaf, (value * by) % prime]));

/** By Fermat: to the power of the prime less two. */
function inverse(value: number): number {
  let [result, base, power] = [1, value, prime - 2];
  while (power > 0) {
    if (power % 2 === 1) result = (result * base) % prime;
    base = (base * base) % prime;
    power = Math.floor(power / 2);
  }
  return result;
}
