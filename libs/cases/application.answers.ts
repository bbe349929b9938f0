import type { PartyAnswer, SaveAnswers, ScreeningFlag } from '#contract';

type Branch = { [key: string]: unknown };
const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Lays a saved page over what is kept. Absent is not empty: a key the page does not carry stays as it is, at every depth;
 * null takes an answer back, and so does an emptied text. An old tab that saves an empty page wipes nothing.
 */
export function mergeAnswers(kept: SaveAnswers, page: SaveAnswers): SaveAnswers {
  return merge(kept, page) as SaveAnswers;
}

function merge(kept: Branch, page: Branch): Branch {
  const merged = { ...kept };
  for (const [key, value] of Object.entries(page)) {
    if (value === undefined) continue;
    if (value === null || value === '') delete merged[key];
    else merged[key] = isBranch(value) ? merge(isBranch(kept[key]) ? kept[key] : {}, value) : value;
  }
  return merged;
}

/** The flags somebody raised; silence is no flag. */
export const raisedFlags = ({ flags }: SaveAnswers): ScreeningFlag[] =>
  Object.entries(flags ?? {}).flatMap(([flag, raised]) => (raised ? [flag as ScreeningFlag] : []));

/** Who acts for a party. A head belongs to an organisation; leftovers of a changed mind are nobody. */
export function representativeOf({ kind, representative }: PartyAnswer) {
  if (!representative?.name) return null;
  return kind === 'person' && representative.kind === 'head' ? null : representative;
}
