import { worker } from '../device.js';
import { allCame } from '../live/later.js';
import { fetchWords } from '../words.js';

const isFile = /^\/(assets\/.+|[\w-]+\.(svg|png|webmanifest))$/;

/** So that the cabinet opens without a line on a device of one's own: its pages' files, which are the same for everybody, and no reply. */
export async function keepShell(): Promise<void> {
  await Promise.all([import('../layout/offline-page.js'), fetchWords(['rooms'])]); // shown when there is no line to fetch them over
  await allCame();
  const registration = await navigator.serviceWorker?.register(worker);
  await navigator.serviceWorker?.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const files = loaded.filter(({ origin, pathname }) => origin === location.origin && isFile.test(pathname));
  registration?.active?.postMessage({ keep: [...new Set(files.map(({ pathname }) => pathname))] });
}
