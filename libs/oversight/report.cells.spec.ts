import { expect, it } from 'vitest';
import { cellsOf } from './report.cells.js';

it('lets the cut by age not give away what the cut by sex hides: of whom nothing is known is one number under two names', () => {
  const count = (dim: string, value: string, n: number) => ({ line: 'parties', dim, value, n, total: 0 });
  const counts = [
    count('all', 'all', 20),
    count('sex', 'female', 3),
    count('sex', 'male', 11),
    count('sex', 'unknown', 6),
    count('age_band', 'under_30', 14),
    count('age_band', 'unknown', 6),
  ];
  const shown = new Set(
    cellsOf(2026, 1, counts, [])
      .filter((cell) => cell.shown && cell.period === '2026-01')
      .map(({ dim, value }) => `${dim} ${value}`),
  );
  expect(shown.has('sex female')).toBe(false);
  const unknown = ['sex unknown', 'age_band unknown', 'age_band under_30'].some((one) => shown.has(one));
  expect(unknown && shown.has('sex male')).toBe(false);
});
