import { renameSync, writeFileSync } from 'node:fs';

/** Time that runs as it does and can be turned ahead, so that nobody waits for the next try. Never half written: others read it. */
export function turnableClock(file: string) {
  let ahead = Date.parse('2026-11-23T05:00:00Z') - Date.now();
  const now = () => new Date(Date.now() + ahead);
  const write = () => {
    writeFileSync(`${file}.next`, now().toISOString());
    renameSync(`${file}.next`, file);
  };
  write();
  const timer = setInterval(write, 25);
  return {
    file,
    now,
    turn: (seconds: number) => {
      ahead += seconds * 1_000;
      write();
    },
    stop: () => clearInterval(timer),
  };
}
