import type { PartyAnswer, SaveAnswers, ScreeningFlag } from '#contract';

type Branch = { [key: string]: unknown };
const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Lays a saved page over what is kept. Absent is not empty: a key the page does not carry stays as it is, at every depth;
 * null takes an answer back, and so does an emptied text; a list is saved whole. An old tab that saves an empty page wipes nothing.
 */
export function mergeAnswers(kept: SaveAnswers, page: SaveAnswers): SaveAnswers {
  return merge(kept, page) as SaveAnswers;
}

/** A number of a court not chosen yet is still of a court: without its id the answer would be none that can be read. */
function merge(kept: Branch, page: Branch): Branch {
  const merged = { ...kept };
  for (const [key, value] of Object.entries(page)) {
    if (value === undefined) continue;
    if (value === null || (value === '' && key !== 'courtId')) delete merged[key];
    else merged[key] = isBranch(value) ? merge(isBranch(kept[key]) ? kept[key] : {}, value) : value;
  }
  return merged;
}

/** The flags somebody raised; silence is no flag. */
export const raisedFlags = ({ flags }: SaveAnswers): ScreeningFlag[] =>
  Object.entries(flags ?? {}).flatMap(([flag, raised]) => (raised ? [flag as ScreeningFlag] : []));

/** Who acts for a party, if somebody is named. A head belongs to an organisation; leftovers of a changed mind are nobody. */
export function representativeOf({ kind, representative }: PartyAnswer) {
  if (!representative || (kind === 'person' && representative.kind === 'head')) return null;
  return representative;
}

/** The applicant writes for somebody else: by a power of attorney, or as a parent or guardian. */
export const actsForAnother = (own: PartyAnswer): boolean => own.kind === 'person' && representativeOf(own) !== null;

/** All people and organisations of the answers, each with the beginning of its fields. */
export const partiesIn = ({ own, other, ownMore, otherMore }: SaveAnswers): [path: string, party: PartyAnswer][] => [
  ...(own ? ([['own', own]] as [string, PartyAnswer][]) : []),
  ...(ownMore ?? []).map((party, at): [string, PartyAnswer] => [`ownMore.${at}`, party]),
  ...(other ? ([['other', other]] as [string, PartyAnswer][]) : []),
  ...(otherMore ?? []).map((party, at): [string, PartyAnswer] => [`otherMore.${at}`, party]),
];

/** The answer about safety is kept apart from all others (safety.service.ts). */
export function withoutSafety({ flags, ...page }: SaveAnswers): { page: SaveAnswers; violence: boolean | undefined } {
  if (!flags) return { page: flags === undefined ? page : { ...page, flags }, violence: undefined };
  const { violence, ...others } = flags;
  return { page: { ...page, flags: others }, violence };
}
