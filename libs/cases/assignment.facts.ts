import type { EntityManager } from 'typeorm';
import { type CaseFacts, type Inputs, type MediatorFacts, rulesOn, type Tie } from '#assignment';
import type { Candidate } from '#contract';
import { dayOf, type Interval, kazakhstan, openHours, type WeeklyHours } from '#hours';
import { type MarkedTies, Mediator, type Needs } from '#mediators';
import type { Case } from './case.entity.js';

type Row = {
  id: string;
  concluded: Record<string, number> | null;
  taken_at: Date | null;
  weekly: WeeklyHours[];
  busy: [number, number][] | null;
};
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
  const mediators = candidates.map((one) => factsOf(entries.get(one.mediatorId)!, one, more.get(one.mediatorId), at));
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

function factsOf(entry: Mediator, { openCases }: Candidate, more: Row | undefined, at: Date): MediatorFacts {
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
    freeInDays: more ? freeIn(more, at.getTime()) : null,
  };
}

/** Days to the first free hour of his week, looking two weeks ahead. */
function freeIn({ weekly, busy }: Row, from: number): number | null {
  const taken: Interval[] = (busy ?? []).map(([since, until]) => ({ from: since * 1000, to: until * 1000 }));
  const open = openHours(weekly, { from, to: from + seenDays * dayMs }, kazakhstan, { busy: taken });
  const first = open.find(({ from: start, to }) => to - start >= 3_600_000);
  return first ? Math.floor((first.from - from) / dayMs) : null;
}
