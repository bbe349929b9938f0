import { dayMs, type MadeCase, type MadeFact } from './report-caseload.js';

/** `2026-03` of a moment, by the clocks of Kazakhstan: six hours ahead until 1 March 2024, five since. */
export const localMonth = (at: Date) => localDay(at).slice(0, 7);
const localDay = (at: Date) =>
  new Date(at.getTime() + (at.getTime() < Date.UTC(2024, 1, 29, 18) ? 6 : 5) * 3_600_000).toISOString().slice(0, 10);

/** `line|dim|value`: how many, and a sum of what they are of. */
export type Recount = Map<string, { n: number; total: number }>;
export function addTo(all: Recount, line: string, dim: string, value: string, total = 0, n = 1) {
  const key = `${line}|${dim}|${value}`;
  const before = all.get(key);
  if (before) {
    before.n += n;
    before.total += total;
  } else all.set(key, { n, total });
}

/** Sums of counts: those of the months of a period, or of several lists. */
export function together(parts: readonly (Recount | undefined)[]): Recount {
  const all: Recount = new Map();
  for (const part of parts)
    for (const [key, { n, total }] of part ?? []) {
      const before = all.get(key) ?? { n: 0, total: 0 };
      all.set(key, { n: before.n + n, total: before.total + total });
    }
  return all;
}

const lineOf = ({ type, data }: MadeFact): string | null =>
  ({
    'case.submitted': 'applications_received',
    'case.refused': 'scope_refusals',
    'case.invited': 'proposals_sent',
    'case.consented': 'proposals_consented',
    'case.declined': 'proposals_declined',
    'case.expired_invitation': 'proposals_no_answer',
    'case.mediation_started': 'contracts_concluded',
    'case.settled': data.to === 'SETTLED_FULL' ? 'settled_full' : 'settled_partial',
    'case.terminated': 'ended_without_settlement',
    'case.extended': 'extensions',
    'case.sent_to_court': 'court_sent',
    'case.performance_changed': data.to === 'PERFORMED' ? 'performed' : 'breached',
  })[type] ?? null;

/** Counted from the list alone, by month. */
export function recountByMonth(made: readonly MadeCase[]): Map<string, Recount> {
  const months = new Map<string, Recount>();
  const of = (at: Date) => {
    const month = localMonth(at);
    const known = months.get(month) ?? new Map<string, { n: number; total: number }>();
    months.set(month, known);
    return known;
  };
  for (const one of made) recountCase(one, of);
  return months;
}

function recountCase(one: MadeCase, of: (at: Date) => Recount) {
  const cuts: [string, string][] = [
    ['all', 'all'],
    ['category', one.category],
    ['district', one.district],
    ['language', one.language],
    ['mediator_kind', one.mediatorKind],
    ['door', one.door],
  ];
  const told = new Set<string>();
  for (const fact of one.facts) {
    const line = lineOf(fact);
    if (!line || told.has(line)) continue; // a case is one in a line, however often it comes to the same
    told.add(line);
    const all = of(fact.at);
    for (const [dim, value] of [...cuts, ...ownOf(one, fact)]) addTo(all, line, dim, value);
    const age = (Date.parse(localDay(fact.at)) - Date.parse(localDay(one.filedAt))) / dayMs;
    if (fact.type === 'case.mediation_started') {
      for (const [dim, value] of cuts) addTo(all, 'days_to_contract', dim, value, age);
      for (const [place, kind] of one.parties.entries()) {
        const { sex = 'unknown', band = 'unknown' } = one.traits[place] ?? {};
        for (const [dim, value] of [...cuts, ['person_kind', kind], ['sex', sex], ['age_band', band]] as const)
          addTo(all, 'parties', dim, value);
      }
    }
    if (fact.type === 'case.settled' || fact.type === 'case.terminated')
      for (const [dim, value] of cuts) addTo(all, 'days_to_end', dim, value, age);
  }
  const settled = one.facts.find(({ type }) => type === 'case.settled');
  if (settled && one.amount !== null)
    for (const [dim, value] of cuts.slice(0, 2)) addTo(of(settled.at), 'amounts_settled', dim, value, one.amount);
  for (const { at, outcome, refund } of one.rulings)
    for (const [dim, value] of [...cuts, ['court', one.courtId!]] as const) {
      addTo(of(at), `court_${outcome}`, dim, value);
      if (refund !== null) addTo(of(at), 'duty_refunded', dim, value, refund);
    }
}

function ownOf(one: MadeCase, { type, data }: MadeFact): [string, string][] {
  if (type === 'case.submitted') return [['subcategory', `${one.category}/${one.subcategory}`]];
  if (type === 'case.refused') return [['reason', data.code!]];
  if (type === 'case.terminated') return [['ground', data.ground!]];
  return type === 'case.sent_to_court' ? [['court', one.courtId!]] : [];
}

/** The months of a period together. */
export function recount(made: readonly MadeCase[], months: readonly string[]): Recount {
  const all = recountByMonth(made);
  return together(months.map((month) => all.get(month)));
}

/** A line of a report as its table divides it: what the page, the files and the scorecard show. */
const settled = ['settled_full', 'settled_partial'];
const shares: Record<string, [over: string[], under: string[], times: number]> = {
  settlement_share: [settled, ['contracts_concluded'], 1_000],
  settlement_share_ended: [settled, [...settled, 'ended_without_settlement'], 1_000],
  cases_per_mediator: [['contracts_concluded'], ['active_mediators'], 10],
};
const sameAs: Record<string, string> = {
  cases_by_category: 'applications_received',
  cases_by_language: 'applications_received',
  cases_by_mediator_kind: 'contracts_concluded',
};
const means = ['days_to_contract', 'days_to_end', 'satisfaction'];
const sums = ['duty_refunded', 'amounts_settled'];
/** What a line of the report must say, of the list; `null` where there is nothing to divide by. */
export function numberOf(counted: Recount, code: string, dim = 'all', value = 'all'): number | null {
  const of = (line: string) => counted.get(`${line}|${dim}|${value}`) ?? { n: 0, total: 0 };
  const share = shares[code];
  if (share) {
    const [over, under] = [share[0], share[1]].map((lines) => lines.reduce((all, line) => all + of(line).n, 0)) as [number, number];
    return under === 0 ? null : Math.round((over / under) * share[2]) / 10;
  }
  const { n, total } = of(sameAs[code] ?? code);
  if (means.includes(code)) return n === 0 ? null : Math.round((total / n) * 10 + 1e-9) / 10;
  return sums.includes(code) ? total : n;
}
