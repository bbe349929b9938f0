import pg from 'pg';
import { districtOf } from '../../apps/launcher/src/demo/application.js';
import type { Scenario } from '../../apps/launcher/src/demo/scenario.js';
import type { House } from './house.js';

/** Lines that the files of the disputes tell by themselves, and by what each of them is counted besides all. */
const cuts = (one: Scenario): [dim: string, value: string][] => [
  ['all', 'all'],
  ['category', one.category],
  ['district', districtOf(one)],
  ['language', one.language],
  ['door', one.door],
];
const mediated = ['full', 'partial', 'withdrawn', 'expired'];
const refused = ['REFUSED_SCOPE', 'REFUSED_AFTER_REVIEW'];
const lines: Record<
  string,
  { of: (one: Scenario) => boolean; own?: (one: Scenario) => [dim: string, value: string]; times?: (one: Scenario) => number }
> = {
  applications_received: { of: () => true, own: (one) => ['subcategory', `${one.category}/${one.subcategory ?? '-'}`] },
  scope_refusals: { of: ({ outcome }) => refused.includes(outcome.groundCode), own: ({ reasonCode }) => ['reason', reasonCode!] },
  proposals_declined: { of: ({ outcome }) => outcome.groundCode === 'DECLINED' },
  proposals_no_answer: { of: ({ outcome }) => outcome.groundCode === 'NO_RESPONSE' },
  // With another mediator after the first contract there is a second one.
  contracts_concluded: {
    of: ({ outcome }) => mediated.includes(outcome.kind),
    times: ({ conflict }) => (conflict?.expected === 'recuse' ? 2 : 1),
  },
  settled_full: { of: ({ outcome }) => outcome.kind === 'full' },
  settled_partial: { of: ({ outcome }) => outcome.kind === 'partial' },
  ended_without_settlement: {
    of: ({ outcome }) => ['withdrawn', 'expired'].includes(outcome.kind),
    own: ({ outcome }) => ['ground', outcome.groundCode],
  },
};

/** What the reports count of all that was played, beside a count of the files that it was played from. */
export async function recountReports({ adminUrl }: House, scenarios: Scenario[]): Promise<{ differences: string[]; note: string }> {
  const expected = new Map<string, number>();
  for (const [line, { of, own, times }] of Object.entries(lines))
    for (const one of scenarios.filter(of))
      for (const [dim, value] of [...cuts(one), ...(own ? [own(one)] : [])]) {
        const key = `${line} ${dim} ${value}`;
        expected.set(key, (expected.get(key) ?? 0) + (times?.(one) ?? 1));
      }
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ key: string; n: number }>(
    `SELECT concat_ws(' ', line, dim, value) AS key, sum(n)::integer AS n
     FROM generate_series('2026-01-01'::date, '2027-06-01', interval '1 month') m CROSS JOIN LATERAL count_month(m::date)
     WHERE line = ANY ($1) AND dim <> 'mediator_kind' GROUP BY 1`,
    [Object.keys(lines)],
  );
  await admin.end();
  const found = new Map(rows.map(({ key, n }) => [key, n]));
  const keys = [...new Set([...expected.keys(), ...found.keys()])].toSorted();
  const differences = keys
    .filter((key) => expected.get(key) !== found.get(key))
    .map((key) => `${key}: the reports count ${found.get(key) ?? 0}, the files ${expected.get(key) ?? 0}`);
  return { differences, note: `${keys.length} cells of ${Object.keys(lines).length} lines` };
}
