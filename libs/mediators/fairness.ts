import type { FairnessGroup, FairnessRow } from '#contract';

/** Under so many the share of each could be read from the measure, and it measures nothing. */
export const fewest = 5;

/**
 * Gini's coefficient: 0 when everybody has as many, (n − 1) / n when one has all. Half the mean difference of all pairs over the mean,
 * reckoned from the sorted list. Nothing to share is shared equally.
 */
export function gini(shares: readonly number[]): number {
  const sorted = shares.toSorted((one, other) => one - other);
  const total = sorted.reduce((sum, share) => sum + share, 0);
  if (total === 0) return 0;
  const n = sorted.length;
  const weighted = sorted.reduce((sum, share, at) => sum + (at + 1) * share, 0);
  return (2 * weighted) / (n * total) - (n + 1) / n;
}

/** What a group of mediators has together; of a small one that it is small, and how many it is. */
export function groupOf(code: string | null, rows: readonly FairnessRow[]): FairnessGroup {
  const sum = (of: 'offered' | 'accepted' | 'declined' | 'expired' | 'open' | 'capacity') =>
    rows.reduce((total, row) => total + row[of], 0);
  const shown = rows.length >= fewest;
  const answered = sum('accepted') + sum('declined') + sum('expired');
  const accepted = rows.map((row) => row.accepted);
  return {
    code,
    mediators: rows.length,
    accepted: shown ? sum('accepted') : null,
    acceptance: shown && answered > 0 ? sum('accepted') / answered : null,
    load: shown && sum('capacity') > 0 ? sum('open') / sum('capacity') : null,
    hours: shown ? medianOf(rows.flatMap(({ hours }) => (hours === null ? [] : [hours]))) : null,
    gini: shown ? gini(accepted) : null,
  };
}

export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** One group for each code that somebody has; a mediator of two languages stands in both. */
export function groupsBy(rows: readonly FairnessRow[], codesOf: (row: FairnessRow) => readonly string[]): FairnessGroup[] {
  const codes = [...new Set(rows.flatMap(codesOf))].toSorted();
  return codes.map((code) =>
    groupOf(
      code,
      rows.filter((row) => codesOf(row).includes(code)),
    ),
  );
}
