import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** The command line of a living process; empty for one that is gone or only waits to be reaped. */
export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return process.platform === 'linux' ? '' : commandLineByPs(pid);
  }
}

/**
 * Stops what a killed launcher left behind. A process id may have been given to somebody else since, so only a
 * process whose command line says that it is ours is touched.
 */
export async function stopLeftover(pid: number, isOurs: (commandLine: string) => boolean, signals: NodeJS.Signals[], graceMs = 10_000) {
  const alive = () => isOurs(commandLineOf(pid));
  if (!alive()) return false;
  for (const signal of signals) {
    signalPid(pid, signal);
    for (let waited = 0; waited < graceMs && alive(); waited += 25) await pause(25);
    if (!alive()) return true;
  }
  throw new Error(`Process ${pid} of an earlier start does not end: ${commandLineOf(pid)}`);
}

/** The number on the first line of a file, as servers write their process id. */
export function pidIn(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function signalPid(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function commandLineByPs(pid: number) {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
