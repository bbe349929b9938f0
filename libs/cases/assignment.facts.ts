import type { EntityManager } from 'typeorm';
import { type CaseFacts, type Inputs, type MediatorFacts, rulesOn, type Tie } from '#assignment';
import type { Candidate } from '#contract';
import { dayOf, intersect, type Interval, kazakhstan, openHours, subtract, union, type WeeklyHours } from '#hours';
import { type MarkedTies, Mediator, type Needs } from '#mediators';
import { type SaidTimes, unavailableOf } from '#times';
import type { Case } from './case.entity.js';

type Row = {
  id: string;
  concluded: Record<string, number> | null;
  taken_at: Date | null;
  weekly: WeeklyHours[];
  busy: [number, number][] | null;
};
type PartyRow = { busy: Row['busy'] } & { [name in keyof SaidTimes]: SaidTimes[name] | null };
/** When all parties can, as far as they have said; what is not said is open. */
type Common = { only: Interval[][]; taken: Interval[] };
const dayMs = 86_400_000;
const seenDays = 14;

/** All that the choice of this case's mediator depends on now. The seed is the case's own: asked again on the same facts, the same answer. */
export async function inputsOf(
  tx: EntityManager,
  found: Case,
  known: { needs: Needs; candidates: readonly Candidate[]; ties: MarkedTies; at: Date },
): Promise<Inputs> {
  const { needs, candidates, ties, at } = known;
  const on = dayOf(at.getTime(), kazakhstan.zone);
  const until = new Date(at.getTime() + seenDays * dayMs);
  const rows = (await tx.query('SELECT mediator_id AS id, concluded, taken_at, weekly, busy FROM assignment_facts($1, $2)', [
    at,
    until,
  ])) as Row[];
  const more = new Map(rows.map((row) => [row.id, row]));
  const entries = new Map((await tx.find(Mediator)).map((entry) => [entry.personId, entry]));
  const common = await partyTimes(tx, found.id, { from: at.getTime(), to: until.getTime() });
  const mediators = candidates.map((one) => factsOf(entries.get(one.mediatorId)!, one, { more: more.get(one.mediatorId), at, common }));
  return { on, asked: askedOf(found, needs, at), mediators, ties: tiesFor(candidates, ties), rules: rulesOn(on).version, seed: found.id };
}

/** A case that has lost its mediator, or that nobody has taken yet, waits since it came to the desk. */
function askedOf(found: Case, { field, kinds, languages }: Needs, at: Date): CaseFacts {
  const own = found.language;
  return {
    id: found.id,
    district: found.district,
    field,
    kinds: [...kinds],
    languages: [...languages].toSorted((one, other) => Number(other === own) - Number(one === own) || (one < other ? -1 : 1)),
    waitingDays: Math.max(0, Math.floor((at.getTime() - found.stateSince.getTime()) / dayMs)),
  };
}

function tiesFor(candidates: readonly Candidate[], marked: MarkedTies): Record<string, Tie> {
  const told = candidates.flatMap(({ mediatorId, reasons }) => {
    const { bars = false, hints = [] } = marked.get(mediatorId) ?? {};
    const tie = { isParty: reasons.includes('is_party'), isTied: bars, before: hints.includes('mediated_before') };
    return Object.values(tie).some(Boolean) ? [[mediatorId, tie] as const] : [];
  });
  return Object.fromEntries(told);
}

type Known = { more: Row | undefined; at: Date; common: Common };

function factsOf(entry: Mediator, { openCases }: Candidate, { more, at, common }: Known): MediatorFacts {
  const { kind, languages, fields, district, capacity, registerEntryDate, status, statusFrom, statusUntil, certificateUntil } = entry;
  return {
    id: entry.personId,
    kind,
    languages,
    fields,
    district,
    capacity,
    openCases,
    registerEntryDate,
    status,
    statusFrom,
    statusUntil,
    certificateUntil,
    concluded: more?.concluded ?? {},
    idleDays: more?.taken_at ? Math.max(0, Math.floor((at.getTime() - more.taken_at.getTime()) / dayMs)) : null,
    freeInDays: more ? freeIn(more, at.getTime(), common) : null,
  };
}

/** Days to the first hour that is free in his week and to every party, looking two weeks ahead. */
function freeIn({ weekly, busy }: Row, from: number, { only, taken }: Common): number | null {
  const within = { from, to: from + seenDays * dayMs };
  const open = subtract(openHours(weekly, within, kazakhstan, { busy: spansOf(busy) }), taken);
  const shared = only.reduce((left, picks) => intersect(left, picks), open);
  const first = shared.find(({ from: start, to }) => to - start >= 3_600_000);
  return first ? Math.floor((first.from - from) / dayMs) : null;
}

/** Days and hours of the parties, none of which is kept with the choice: of them goes into it how many days it is to the first common hour. */
async function partyTimes(tx: EntityManager, caseId: string, within: Interval): Promise<Common> {
  const rows = (await tx.query('SELECT zone, unavailable, picks, busy FROM party_times($1, $2, $3)', [
    caseId,
    new Date(within.from),
    new Date(within.to),
  ])) as PartyRow[];
  const spans = (picks: SaidTimes['picks']) => union(picks.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })));
  return {
    only: rows.flatMap(({ picks }) => (picks && picks.length > 0 ? [spans(picks)] : [])),
    taken: union(
      rows.flatMap(({ zone, unavailable, busy }) => [
        ...spansOf(busy),
        ...unavailableOf(unavailable ?? [], zone ?? kazakhstan.zone, within),
      ]),
    ),
  };
}

const spansOf = (busy: Row['busy']): Interval[] => (busy ?? []).map(([since, until]) => ({ from: since * 1000, to: until * 1000 }));
