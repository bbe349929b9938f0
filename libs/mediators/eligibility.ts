import type { Language, Obstacle } from '#contract';
import type { Day } from '#hours';
import type { Mediator, MediatorKind } from './mediator.entity.js';

/** What a case asks of its mediator. */
export type Needs = {
  /** Category of the dispute; null when any field will do. */
  field: string | null;
  kinds: readonly MediatorKind[];
  languages: readonly Language[];
  /** The people on either side: by account, and by keyed hash of the number in their papers. */
  partyIds: readonly string[];
  partyIdNumbers: readonly Buffer[];
};
export type Standing = { openCases: number; isParty: boolean; isTied?: boolean };
type Rule = (mediator: Mediator, needs: Needs, standing: Standing, on: Day) => boolean;

/** What keeps a mediator from a case, in the order it is told. Law "On Mediation" 401-IV (register, kinds, independence); numbers are data. */
const obstacles: Record<Obstacle, Rule> = {
  is_party: (_, __, { isParty }) => isParty,
  in_conflict: (_, __, { isTied = false }) => isTied,
  not_registered: ({ registerEntryDate }, _, __, on) => registerEntryDate > on,
  excluded: (mediator, _, __, on) => mediator.standingOn(on) === 'excluded',
  suspended: (mediator, _, __, on) => mediator.standingOn(on) === 'suspended',
  certificate_expired: (mediator, _, __, on) => !mediator.isCertifiedOn(on),
  wrong_kind: ({ kind }, { kinds }) => !kinds.includes(kind),
  language_missing: (mediator, { languages }) => !languages.every((language) => mediator.languages.includes(language)),
  field_missing: ({ fields }, { field }) => field !== null && !fields.includes(field),
  at_capacity: ({ capacity }, _, { openCases }) => openCases >= capacity,
};

/** Every obstacle between this mediator and a case on a day; none means eligible. */
export const obstaclesOf = (mediator: Mediator, needs: Needs, standing: Standing, on: Day): Obstacle[] =>
  (Object.keys(obstacles) as Obstacle[]).filter((code) => obstacles[code](mediator, needs, standing, on));
