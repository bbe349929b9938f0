import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Paper } from './pdf.js';

const longestMs = 180_000;
const megabytes = 768;
/** One after the other: each takes a whole core while it lasts. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Prints a long paper in a process of its own: setting ten thousand messages takes the better part of a minute, in which this one could
 * answer nobody. That process gets the paper and nothing else: no environment, so no key and no address of ours.
 */
export function printApart(execArgv: string[] = process.execArgv): (paper: Paper) => Promise<Uint8Array> {
  const file = fileURLToPath(new URL(`./paper.process${extname(new URL(import.meta.url).pathname)}`, import.meta.url));
  const print = (paper: Paper) =>
    new Promise<Uint8Array>((done, fail) => {
      const printer = fork(file, [], {
        env: {},
        execArgv: [...execArgv, `--max-old-space-size=${megabytes}`],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'advanced',
      });
      const timer = setTimeout(() => printer.kill('SIGKILL'), longestMs);
      const failed = () => fail(new Error('The paper was not printed.'));
      printer.once('message', (pdf: Uint8Array) => done(pdf));
      printer.once('error', failed);
      printer.once('exit', () => {
        clearTimeout(timer);
        failed(); // said nothing before it ended
      });
      printer.send(paper, (error) => error && printer.kill('SIGKILL'));
    });
  return (paper) => {
    const printed = last.catch(() => undefined).then(() => print(paper));
    last = printed;
    return printed;
  };
}
