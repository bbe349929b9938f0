import { spawnSync } from 'node:child_process';

const answers = (program, args = ['--version']) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
const browsers = ['chromium', 'google-chrome', 'google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** A Chromium for the browser tests: one that is here, else the system's package. */
export function provideChromium() {
  const wished = [process.env.CHROMIUM, ...browsers].filter(Boolean);
  const found = () => wished.find((browser) => answers(browser));
  if (!found()) install('chromium');
  const browser = found();
  if (!browser) refuse('The browser tests need Chromium: install it (Debian: apt-get install chromium) or name one in CHROMIUM.');
  return browser.startsWith('/') ? browser : spawnSync('which', [browser], { encoding: 'utf8' }).stdout.trim();
}

/** Redis is found or installed by the very code that the launcher uses. */
export async function provideRedis() {
  const { findRedisServer } = await import('../dist/apps/launcher/src/redis.program.js');
  try {
    findRedisServer();
  } catch (error) {
    refuse(error.message);
  }
}

/** Debian's virus scanner, for which the tests bring a signature of their own. */
export function provideClamd() {
  if (!answers('clamd')) install('clamav-daemon');
  if (!answers('clamd')) refuse('The tests of files need clamd: install it (Debian: apt-get install clamav-daemon).');
}

function install(name) {
  if (process.getuid?.() !== 0 || !answers('apt-get')) return;
  console.log(`Installing ${name} with apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update'], { env, stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], { env, stdio: 'ignore' });
}

function refuse(line) {
  console.error(line);
  process.exit(1);
}
