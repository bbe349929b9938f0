import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutsideFailure } from '#contract';
import type { Interval } from '#hours';
import { FeedFailure } from './fetch-feed.js';

export type ReadBusy = (text: string, within: Interval) => Promise<Interval[]>;
type Said = { busy: Interval[] } | { failure: OutsideFailure };

const longestMs = 10_000;
const megabytes = 192;

/**
 * Reads a calendar apart from everything else, for so long and with so much memory: a rule without end, or a file that swells, ends its own
 * process and nothing more. That process gets no environment, so no key and no address of ours.
 */
export function readApart(execArgv: string[] = process.execArgv, milliseconds = longestMs): ReadBusy {
  const file = fileURLToPath(new URL(`./reading.process${extname(new URL(import.meta.url).pathname)}`, import.meta.url));
  return (text, within) =>
    new Promise((done, fail) => {
      const reader = fork(file, [], {
        env: {},
        execArgv: [...execArgv, `--max-old-space-size=${megabytes}`],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'advanced',
      });
      const timer = setTimeout(() => reader.kill('SIGKILL'), milliseconds);
      reader.once('message', (said: Said) => ('busy' in said ? done(said.busy) : fail(new FeedFailure(said.failure))));
      reader.once('error', () => fail(new FeedFailure('too_large')));
      reader.once('exit', () => {
        clearTimeout(timer);
        fail(new FeedFailure('too_large')); // said nothing before it ended
      });
      reader.send({ text, within }, (error) => error && reader.kill('SIGKILL'));
    });
}
