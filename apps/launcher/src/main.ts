import { join, resolve } from 'node:path';
import { cabinet } from './cabinet.js';
import { AlreadyRuns, RunFile } from './run-file.js';
import { Supervisor } from './supervise.js';

const dataDir = resolve(process.env.DATA_DIR ?? '.cabinet');
const runFile = new RunFile(join(dataDir, 'run.json'));
const supervisor = new Supervisor({ say: (line) => console.log(line), changed: (pids) => runFile.children(pids) });
let stopping: Promise<void> | undefined;

/** A terminal and npm may both pass the same Ctrl-C on: the second is the first. */
function stop(code: number) {
  stopping ??= supervisor.stop().finally(() => {
    runFile.release();
    process.exit(code);
  });
  return stopping;
}

/** npm's shell dies of a SIGTERM without passing it on: who was started by npm stops when its parent is gone. */
function stopWithNpm() {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void stop(0), 500).unref();
}

async function start() {
  await runFile.claim();
  if (process.env.npm_lifecycle_event) stopWithNpm();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stopping) console.log('\nStopping ...');
      void stop(0);
    });
  }
  runFile.answersAt(await cabinet(supervisor, dataDir, process.env));
}

try {
  await start();
} catch (error) {
  if (error instanceof AlreadyRuns) {
    console.log(error.message);
  } else if (!stopping) {
    console.error(`\nKelisim does not start: ${(error as Error).message}`);
    await stop(1);
  }
}
