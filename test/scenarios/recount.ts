import { resolve } from 'node:path';
import pg from 'pg';
import { districtOf } from '../../apps/launcher/src/demo/application.js';
import { mediatorsIn, type Scenario, type ScenarioParty } from '../../apps/launcher/src/demo/scenario.js';
import type { House } from './house.js';

type Cut = [dim: string, value: string];
/** Lines that the files of the disputes tell by themselves, and by what each of them is counted besides all. */
const cutsOf = (one: Scenario): Cut[] => [
  ['all', 'all'],
  ['category', one.category],
  ['district', districtOf(one)],
  ['language', one.language],
  ['door', one.door],
];
const mediated = ['full', 'partial', 'withdrawn', 'expired'];
const isMediated = ({ outcome }: Scenario) => mediated.includes(outcome.kind);
const refused = ['REFUSED_SCOPE', 'REFUSED_AFTER_REVIEW'];
const bandOf = (age: number) => (age < 30 ? 'under_30' : age < 45 ? 'from_30' : age < 60 ? 'from_45' : 'from_60');

type Line = {
  of: (one: Scenario) => boolean;
  own?: (one: Scenario) => Cut;
  /** Instead of one a case: each thing that is counted, with its own cuts and what it adds to the sum. */
  each?: (one: Scenario) => { cuts: Cut[]; adds?: number }[];
};
const lines: Record<string, Line> = {
  applications_received: { of: () => true, own: (one) => ['subcategory', `${one.category}/${one.subcategory ?? '-'}`] },
  consultations_only: {
    of: ({ messagesPhase }) => messagesPhase === 'consultation',
    each: ({ category, language }) => [{ cuts: [['all', 'all'], ['category', category], ['language', language], ['district', 'unknown']] }], // prettier-ignore
  },
  scope_refusals: { of: ({ outcome }) => refused.includes(outcome.groundCode), own: ({ reasonCode }) => ['reason', reasonCode!] },
  proposals_sent: { of: ({ respondentAnswer }) => respondentAnswer !== null },
  proposals_consented: { of: ({ respondentAnswer }) => respondentAnswer === 'consent' },
  proposals_declined: { of: ({ respondentAnswer }) => respondentAnswer === 'decline' },
  proposals_no_answer: { of: ({ respondentAnswer }) => respondentAnswer === 'silence' },
  // Also where another mediator took over after the first contract: the case is one.
  contracts_concluded: { of: isMediated },
  settled_full: { of: ({ outcome }) => outcome.kind === 'full' },
  settled_partial: { of: ({ outcome }) => outcome.kind === 'partial' },
  amounts_settled: {
    of: ({ outcome }) => ['full', 'partial'].includes(outcome.kind) && outcome.obligations.some(({ amountKzt }) => amountKzt),
    each: ({ category, outcome }) => [
      {
        cuts: [
          ['all', 'all'],
          ['category', category],
        ],
        adds: outcome.obligations.reduce((sum, { amountKzt }) => sum + (amountKzt ?? 0), 0),
      },
    ],
  },
  ended_without_settlement: {
    of: ({ outcome }) => ['withdrawn', 'expired'].includes(outcome.kind),
    own: ({ outcome }) => ['ground', outcome.groundCode],
  },
  // The term ran out after it had been extended once (18).
  extensions: { of: ({ outcome }) => outcome.kind === 'expired' },
  parties: { of: isMediated, each: (one) => one.parties.map((party) => ({ cuts: [...cutsOf(one), ...traitsOf(party, one)] })) },
  satisfaction: {
    of: isMediated,
    each: ({ satisfaction, language }) =>
      Object.values(satisfaction).flatMap((said) =>
        said ? [{ cuts: [['all', 'all'], ['language', language], ['stage', 'mediation']], adds: said.score }] : [],
      ), // prettier-ignore
  },
};

/** By the number a person filed with: the seventh digit tells the sex, the first six the day of birth. */
function traitsOf({ kind, iin }: ScenarioParty, { filedAtLocal }: Scenario): Cut[] {
  if (kind !== 'person') return [['person_kind', kind], ['sex', 'unknown'], ['age_band', 'unknown']]; // prettier-ignore
  const born = `${'34'.includes(iin![6]!) ? '19' : '20'}${iin!.slice(0, 2)}-${iin!.slice(2, 4)}-${iin!.slice(4, 6)}`;
  const years = Number(filedAtLocal.slice(0, 4)) - Number(born.slice(0, 4));
  const age = filedAtLocal.slice(5, 10) < born.slice(5) ? years - 1 : years;
  return [
    ['person_kind', kind],
    ['sex', Number(iin![6]) % 2 === 1 ? 'male' : 'female'],
    ['age_band', bandOf(age)],
  ];
}

type Sum = { n: number; total: number };
/** What the reports count of all that was played, beside a count of the files that it was played from. */
export async function recountReports({ adminUrl }: House, scenarios: Scenario[]): Promise<{ differences: string[]; note: string }> {
  const expected = new Map<string, Sum>();
  const add = (key: string, adds = 0) => {
    const { n, total } = expected.get(key) ?? { n: 0, total: 0 };
    expected.set(key, { n: n + 1, total: total + adds });
  };
  for (const [line, { of, own, each }] of Object.entries(lines))
    for (const one of scenarios.filter(of))
      for (const { cuts, adds } of each?.(one) ?? [{ cuts: [...cutsOf(one), ...(own ? [own(one)] : [])], adds: 0 }])
        for (const [dim, value] of cuts) add(`${line} ${dim} ${value}`, adds);
  for (const [dim, value] of standingMediators()) add(`active_mediators ${dim} ${value}`);
  const found = await counted(adminUrl, Object.keys(lines));
  const keys = [...new Set([...expected.keys(), ...found.keys()])].toSorted();
  const told = (sum: Sum | undefined) => (sum ? (sum.total ? `${sum.n} of ${sum.total}` : `${sum.n}`) : '0');
  const differences = keys
    .filter((key) => told(expected.get(key)) !== told(found.get(key)))
    .map((key) => `${key}: the reports count ${told(found.get(key))}, the files ${told(expected.get(key))}`);
  return { differences, note: `${keys.length} cells of ${Object.keys(lines).length + 1} lines` };
}

/** Who of the register's file may mediate at the end of November 2026. */
const standingMediators = (): Cut[] =>
  mediatorsIn(resolve('test/scenarios'))
    .filter(
      ({ status, statusFrom, statusUntil }) =>
        status !== 'excluded' && !(status === 'suspended' && (statusFrom ?? '') < '2026-12-01' && (statusUntil ?? '9999') >= '2026-12-01'),
    )
    .flatMap(({ kind, district }): Cut[] => [['all', 'all'], ['mediator_kind', kind], ['district', district.replaceAll('-', '_')]]); // prettier-ignore

/** Of every month that was played; of mediators that of November alone. Who mediated is not in the files of most. */
async function counted(adminUrl: string, of: string[]): Promise<Map<string, Sum>> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ key: string } & Sum>(
    `SELECT concat_ws(' ', line, dim, value) AS key, sum(n)::integer AS n, CASE WHEN line IN ('satisfaction', 'amounts_settled') THEN sum(total)::integer ELSE 0 END AS total
     FROM generate_series('2026-01-01'::date, '2027-06-01', interval '1 month') m CROSS JOIN LATERAL count_month(m::date)
     WHERE (line = ANY ($1) AND dim <> 'mediator_kind') OR (line = 'active_mediators' AND m = '2026-11-01') GROUP BY 1, line`,
    [of],
  );
  await admin.end();
  return new Map(rows.map(({ key, n, total }) => [key, { n, total }]));
}
