import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiProcess } from '../../support/api.js';

/** Loaded into an api process whose memory is measured. */
export const collecting = './test/faults/rooms/collecting.mjs';
export type Held = { heldMb: number; rssMb: number };

/** What an api holds when all that can be collected is collected (collecting.mjs). */
export async function heldBy(api: ApiProcess): Promise<Held> {
  const told = () => [...api.said().matchAll(/collected (\{.*\})/g)];
  const before = told().length;
  process.kill(api.pid, 'SIGWINCH');
  for (let waited = 0; waited < 600; waited += 1) {
    const last = told().at(-1);
    if (told().length > before && last) return JSON.parse(last[1]!) as Held;
    await pause(50);
  }
  throw new Error('the api does not say what it holds');
}

/** As the system counts it, collected or not. */
export const memoryOf = (pid: number) => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024);
