import type { Language, Obstacle } from '#contract';
import type { Day } from '#hours';
import { Mediator, type MediatorKind, type Needs, obstaclesOf } from '#mediators';

/** What is known of a case when its mediator is chosen. Nothing of what it is about, and nothing of whether it is safe to talk. */
export type CaseFacts = {
  id: string;
  district: string;
  /** Category; null when any field will do. */
  field: string | null;
  kinds: MediatorKind[];
  /** Of each party, the case's own first. */
  languages: Language[];
  /** How long it has waited for a mediator. */
  waitingDays: number;
};
/** What is known of a mediator on that day, and between him and the case. */
export type MediatorFacts = {
  id: string;
  kind: MediatorKind;
  languages: string[];
  fields: string[];
  district: string;
  capacity: number;
  openCases: number;
  registerEntryDate: Day;
  status: 'active' | 'suspended' | 'excluded';
  statusFrom: Day | null;
  statusUntil: Day | null;
  certificateUntil: Day | null;
  /** Cases that he has brought to an end, by their category. */
  concluded: Record<string, number>;
  /** Days since he last took a case; null: he never has. */
  idleDays: number | null;
  /** Days until his first free hour; null: none that is known. */
  freeInDays: number | null;
};
/** Between one mediator and one case. */
export type Tie = { isParty: boolean; isTied: boolean; before: boolean };
export const noTie: Tie = { isParty: false, isTied: false, before: false };

/** Hard: who may take the case at all. The same rules by which an offer is refused (libs/mediators/eligibility.ts). */
export function whyNot(mediator: MediatorFacts, asked: CaseFacts, { isParty, isTied }: Tie, on: Day): Obstacle[] {
  const entry = entries.get(mediator) ?? Object.assign(new Mediator(), mediator);
  entries.set(mediator, entry);
  const needs: Needs = { field: asked.field, kinds: asked.kinds, languages: asked.languages, partyIds: [], partyIdNumbers: [] };
  return obstaclesOf(entry, needs, { openCases: mediator.openCases, isParty, isTied }, on);
}
/** A queue asks of one mediator as often as there are cases. */
const entries = new WeakMap<MediatorFacts, Mediator>();
