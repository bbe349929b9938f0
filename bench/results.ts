import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** One line of a comparison. `pass` is null where there is no bar. */
export type Row = {
  what: string;
  value: number;
  unit: string;
  peer: number | null;
  ratio: number | null;
  bar: string | null;
  pass: boolean | null;
};

export const median = (values: number[]) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
export const percentile = (values: number[], part: number) =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

/** Prints the table and writes it, with the raw samples beside it. What only a part of a comparison measured takes its place among the rest. */
export function tell(name: string, measured: Row[], taken: Record<string, unknown>, { isPart = false } = {}) {
  mkdirSync('bench/results', { recursive: true });
  const at = new Date().toISOString();
  const rows = isPart ? merged(earlier<{ rows: Row[] }>(`${name}.json`)?.rows ?? [], measured) : measured;
  const samples = isPart ? { ...earlier<{ samples: object }>(`${name}.samples.json`)?.samples, ...taken } : taken;
  writeFileSync(`bench/results/${name}.json`, `${JSON.stringify({ name, at, rows }, null, 2)}\n`);
  writeFileSync(`bench/results/${name}.samples.json`, `${JSON.stringify({ name, at, samples })}\n`);
  show(measured);
}

export function show(rows: Row[]) {
  const shown = (value: number | null) => (value === null ? '' : value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  console.log();
  for (const { what, value, unit, peer, ratio, bar, pass } of rows)
    console.log(
      `${what.padEnd(58)} ${shown(value).padStart(8)} ${unit.padEnd(8)} ${shown(peer).padStart(8)} ${shown(ratio).padStart(6)} ${(bar ?? '').padEnd(9)} ${pass === null ? '' : pass ? 'pass' : 'FAIL'}`,
    );
}

const earlier = <T>(file: string): T | null =>
  existsSync(`bench/results/${file}`) ? (JSON.parse(readFileSync(`bench/results/${file}`, 'utf8')) as T) : null;

function merged(known: Row[], measured: Row[]): Row[] {
  const fresh = new Map(measured.map((row) => [row.what, row]));
  const kept = known.map((row) => fresh.get(row.what) ?? row);
  return [...kept, ...measured.filter(({ what }) => !known.some((row) => row.what === what))];
}
