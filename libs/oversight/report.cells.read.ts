/** A cell as the reports' role gets it: a hidden one has no number. */
export type Cell = { period: string; line: string; dim: string; value: string; n: number | null; total: number | null };
export type Cells = {
  of: (line: string, dim?: string, value?: string) => Cell | undefined;
  values: (line: string, dim: string) => string[];
};

/** Lines that are another line's numbers, cut their own way. */
export const counted: Record<string, string> = {
  cases_by_category: 'applications_received',
  cases_by_language: 'applications_received',
  cases_by_mediator_kind: 'contracts_concluded',
};
const settled = ['settled_full', 'settled_partial'];
/** Lines that are worked out of others: what is divided by what. */
export const quotients: Record<string, { over: string[]; under: string[]; percent?: true }> = {
  join_rate: {
    over: ['proposals_consented'],
    under: ['proposals_consented', 'proposals_declined', 'proposals_no_answer'],
    percent: true,
  },
  settlement_share: { over: settled, under: ['contracts_concluded'], percent: true },
  settlement_share_ended: { over: settled, under: [...settled, 'ended_without_settlement'], percent: true },
  cases_per_mediator: { over: ['contracts_concluded'], under: ['active_mediators'] },
};

export function cellsIn(rows: readonly Cell[], period: string): Cells {
  const known = new Map<string, Cell>();
  const values = new Map<string, string[]>();
  for (const cell of rows.filter((one) => one.period === period)) {
    known.set(`${cell.line}|${cell.dim}|${cell.value}`, cell);
    values.set(`${cell.line}|${cell.dim}`, [...(values.get(`${cell.line}|${cell.dim}`) ?? []), cell.value]);
  }
  return {
    of: (line, dim = 'all', value = 'all') => known.get(`${line}|${dim}|${value}`),
    values: (line, dim) => values.get(`${line}|${dim}`) ?? [],
  };
}

/** Nought where nothing was counted, nothing where the cell is hidden. */
const countIn = (cells: Cells, line: string, dim: string, value: string): number | null => {
  const cell = cells.of(line, dim, value);
  return cell ? cell.n : 0;
};

export function numberOf(cells: Cells, { code, unit }: { code: string; unit: string }, dim = 'all', value = 'all'): number | null {
  const quotient = quotients[code];
  if (quotient) {
    const sum = (lines: string[]) =>
      lines.reduce<number | null>((all, line) => {
        const n = countIn(cells, line, dim, value);
        return all === null || n === null ? null : all + n;
      }, 0);
    const [over, under] = [sum(quotient.over), sum(quotient.under)];
    if (over === null || under === null || under === 0) return null;
    return Math.round((over / under) * (quotient.percent ? 1_000 : 10)) / 10;
  }
  const line = counted[code] ?? code;
  if (unit === 'average_days' || unit === 'score') {
    const cell = cells.of(line, dim, value);
    return cell?.total ?? null;
  }
  if (unit !== 'kzt') return countIn(cells, line, dim, value);
  const cell = cells.of(line, dim, value);
  return cell ? cell.total : 0;
}
