import { matchPath } from 'react-router';
import { expect, it } from 'vitest';
import { webRoutes } from './web-routes.js';

const first = ['routes.tsx', 'case-routes.ts'];
const found = webRoutes();
const concrete = (path: string) => path.replaceAll(/:(\w+)\??/g, 'any-$1');

/** The first tables are asked alone while the others are not fetched: what matches there never reaches a row of the others. */
it('leads to every page that is fetched later: no address of the first tables lies over it', () => {
  const [early, late] = [found.filter(({ table }) => first.includes(table)), found.filter(({ table }) => !first.includes(table))];
  expect(Math.min(early.length, late.length)).toBeGreaterThan(20);
  const hidden = late.flatMap(({ path }) =>
    early.filter((row) => matchPath(row.path, concrete(path))).map((row) => `${path} by ${row.path}`),
  );
  expect(hidden).toEqual([]);
});
