/** What a device of one's own keeps, sealed; on any other nothing is ever put there (rooms/kept.ts). */
export const keptHere = 'kelisim';

/** Whenever nobody is signed in, or on a device that is not one's own: nothing may be left of who was here before. */
export function forgetKept(): void {
  try {
    indexedDB.deleteDatabase(keptHere);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
