import { worker } from '../device.js';
import { allCame, wheneverMoreComes } from '../live/later.js';
import { whenSignedOut } from '../session.js';
import { fetchWords } from '../words.js';

const isFile = /^\/(assets\/.+|[\w-]+\.(svg|png|webmanifest))$/;

/** What comes to a page after its person has left is kept no longer. */
let isKept = false;
whenSignedOut(() => {
  isKept = false;
  return 0;
});

/** So that the cabinet opens without a line on a device of one's own: its pages' files, which are the same for everybody, and no reply. */
export async function keepShell(): Promise<void> {
  isKept = true;
  await Promise.all([import('../layout/offline-page.js'), fetchWords(['rooms'])]); // shown when there is no line to fetch them over
  await allCame();
  if (!isKept) return;
  await navigator.serviceWorker?.register(worker);
  await keepLoaded();
  wheneverMoreComes(keepLoaded);
}

async function keepLoaded(): Promise<void> {
  const registration = await navigator.serviceWorker?.ready;
  if (isKept) registration?.active?.postMessage({ keep: filesLoaded() });
}

function filesLoaded(): string[] {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const files = loaded.filter(({ origin, pathname }) => origin === location.origin && isFile.test(pathname));
  return [...new Set(files.map(({ pathname }) => pathname))];
}
