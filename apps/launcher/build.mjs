import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from './install.mjs';

const root = new URL('../../', import.meta.url);
const sources = {
  server: ['apps/api', 'apps/worker', 'apps/launcher/src', 'libs', 'migrations', '.swcrc', 'package-lock.json'],
  web: ['apps/web', 'libs/contract', 'libs/language', 'package-lock.json'],
};

/** Builds the server and the web app, each when a source is newer than its last build. */
export function buildIfStale(...parts) {
  for (const part of parts.length ? parts : Object.keys(sources)) {
    const mark = new URL(`dist/.built-${part}`, root);
    const built = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const began = new Date();
    if (newestOf(sources[part].map((path) => new URL(path, root))) <= built) continue;
    console.log(`Building the ${part} ...`);
    if (part === 'server') removeBuilt();
    run('npm', ['run', '--silent', `build:${part}`, ...(part === 'web' ? ['--', '--logLevel', 'warn'] : [])]);
    writeFileSync(mark, '');
    utimesSync(mark, began, began); // what changed while it was built is built next time
  }
}

/** What was deleted or renamed in the sources must not go on living in dist. */
function removeBuilt() {
  for (const folder of ['apps', 'libs', 'migrations']) rmSync(new URL(`dist/${folder}`, root), { recursive: true, force: true });
}

function newestOf(urls) {
  let newest = 0;
  for (const url of urls.filter(existsSync)) {
    const found = statSync(url);
    newest = Math.max(newest, found.mtimeMs, found.isDirectory() ? newestIn(fileURLToPath(url)) : 0);
  }
  return newest;
}

function newestIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.reduce((newest, { parentPath, name }) => Math.max(newest, statSync(`${parentPath}/${name}`).mtimeMs), 0);
}
