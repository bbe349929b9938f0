import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A child ends with a code or by a signal; Nest re-raises the signal it was stopped with, so both are looked at. */
export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type Running = { pid: number; exited: Promise<Exit>; stop(): Promise<void> };

export type Ending = { signals: NodeJS.Signals[]; graceMs: number };

/**
 * Starts a child in its own process group: Ctrl-C in a terminal reaches the launcher only, which then stops
 * the children in order.
 */
export async function startChild(command: string, args: string[], options: SpawnOptions, ending: Ending): Promise<Running> {
  const child = spawn(command, args, { ...options, detached: true });
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(error))]);
  const pid = child.pid!;

  const stop = async () => {
    for (const signal of ending.signals) {
      child.kill(signal);
      if (await within(ending.graceMs, exited)) return;
    }
    await exited;
  };
  return { pid, exited, stop };
}

export const describeExit = ({ code, signal }: Exit) => (signal ? `was ended by ${signal}` : `ended with code ${code}`);

/** The promise's value, or undefined when it took longer. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
