import { openSync, renameSync, statSync } from 'node:fs';

const largest = 10 * 1024 * 1024;

/** Opens a log to append to, for a child to inherit; one that grew large is set aside first. */
export function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largest) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}
