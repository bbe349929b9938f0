import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { keep, readKept } from './kept.js';
import { commandLineOf, stopLeftover } from './leftover.js';

/** A process id is used again after a while; together with the moment of birth it names one process. */
type Known = { pid: number; birth: string };
type Run = { launcher: Known; at: string; children: Record<string, Known> };

export class AlreadyRuns extends Error {
  constructor({ launcher, at }: Run) {
    super(`Kelisim already runs (process ${launcher.pid})${at ? `: ${at}` : ''}`);
  }
}

/** Who runs on this folder: one launcher at a time, with the children it has now. */
export class RunFile {
  private readonly run: Run = { launcher: known(process.pid), at: '', children: {} };

  constructor(private readonly file: string) {}

  /** Takes the folder, or throws when a living launcher has it. Ends children that a killed launcher left. */
  async claim() {
    const before = readKept<Run>(this.file);
    if (before && isAlive(before.launcher)) throw new AlreadyRuns(before);
    this.run.children = before?.children ?? {}; // known until they have ended, should this launcher be killed too
    this.write();
    await pause(50);
    const now = readKept<Run>(this.file);
    if (now && !isSame(now.launcher, this.run.launcher)) throw new AlreadyRuns(now); // two started in the same moment
    await Promise.all(Object.values(this.run.children).map(endLeftover));
    this.children({});
  }

  children(pids: Record<string, number>) {
    this.run.children = Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, known(pid)]));
    this.write();
  }

  answersAt(address: string) {
    this.run.at = address;
    this.write();
  }

  release() {
    rmSync(this.file, { force: true });
  }

  private write() {
    keep(this.file, this.run);
  }
}

const known = (pid: number): Known => ({ pid, birth: birthOf(pid) });
const isSame = (one: Known, other: Known) => one.pid === other.pid && one.birth === other.birth;
const isAlive = (process: Known) => commandLineOf(process.pid) !== '' && birthOf(process.pid) === process.birth;

/** PostgreSQL and Redis look after their own folders; ended here they would only be ended less gently. */
function endLeftover(child: Known) {
  const isOurs = (commandLine: string) => /\/dist\/apps\/(api|worker)\//.test(commandLine) && isAlive(child);
  return stopLeftover(child.pid, isOurs, ['SIGTERM', 'SIGKILL']);
}

function birthOf(pid: number): string {
  try {
    if (process.platform !== 'linux') return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // proc(5): the name in brackets may hold anything; the start time is the 20th field behind it.
    const started = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
    return `${boot} ${started}`;
  } catch {
    return '';
  }
}
