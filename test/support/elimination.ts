/** Gauss with the largest pivot: the rows that span what is known. */
export function reducedRows(rows: Float64Array[]): { pivot: number; row: Float64Array }[] {
  const basis: { pivot: number; row: Float64Array }[] = [];
  for (const given of rows) {
    const row = lessBasis(basis, given);
    const pivot = row.reduce((best, value, index) => (Math.abs(value) > Math.abs(row[best]!) ? index : best), 0);
    if (row.length === 0 || Math.abs(row[pivot]!) < 1e-9) continue;
    const unit = row.map((value) => value / row[pivot]!);
    for (const one of basis) one.row = one.row.map((value, index) => value - one.row[pivot]! * unit[index]!);
    basis.push({ pivot, row: unit });
  }
  return basis;
}
function lessBasis(basis: { pivot: number; row: Float64Array }[], given: Float64Array): Float64Array {
  const left = Float64Array.from(given);
  for (const { pivot, row } of basis) {
    const times = left[pivot]!;
    if (times !== 0) for (let index = 0; index < left.length; index++) left[index] = left[index]! - times * row[index]!;
  }
  return left;
}
export const isIn = (basis: { pivot: number; row: Float64Array }[], row: Float64Array) =>
  lessBasis(basis, row).every((value) => Math.abs(value) < 1e-7);
