import { Worker } from 'node:worker_threads';
import type { Interval } from '#hours';
import { busyTimesOf, TooMuch } from './busy-times.js';

const longestMs = 15_000;

/** A stranger's file is read in a process of its own, which knows no secret and can be ended, whatever the file makes of it. */
process.once('message', ({ text, within }: { text: string; within: Interval }) => {
  // Ends itself, too: whoever waited for it may have been killed meanwhile.
  new Worker(`setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${longestMs})`, { eval: true, execArgv: [] }).unref();
  const told = (what: { busy: Interval[] } | { failure: string }) => process.send!(what, () => process.disconnect());
  try {
    told({ busy: busyTimesOf(text, within) });
  } catch (error) {
    told({ failure: error instanceof TooMuch ? 'too_large' : 'not_a_calendar' });
  }
});
