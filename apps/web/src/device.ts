/** What a device of one's own keeps, sealed; on any other nothing is ever put there (rooms/kept.ts). */
export const keptHere = 'kelisim';
/** Also named in public/device.js. */
const shelf = 'kelisim-shell';
export const worker = '/device.js';

/** Whenever nobody is signed in, or on a device that is not one's own: nothing may be left of who was here before. */
export function forgetKept(): void {
  try {
    indexedDB.deleteDatabase(keptHere);
    void caches.delete(shelf);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** Where nobody is signed in no worker stands between the page and the cabinet either. */
export async function forgetWorker(): Promise<void> {
  for (const registration of (await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? []) {
    registration.active?.postMessage({ forget: true }); // after whatever it is keeping at this moment
    await registration.unregister();
  }
}
