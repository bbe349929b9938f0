import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// `--import` this to be told, on SIGWINCH, what memory a process still holds once everything that nobody needs is collected. A collector
// that was not yet under pressure is no leak, and what survives it is none of its laziness.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGWINCH', () => {
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  console.log(`\ncollected ${JSON.stringify({ heldMb: inMb(heapUsed + external), rssMb: inMb(rss) })}`);
});
const inMb = (bytes) => Math.round(bytes / 104_857.6) / 10;
