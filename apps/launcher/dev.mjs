import { buildIfStale } from './build.mjs';
import { installIfStale, refuseOldNode } from './install.mjs';

refuseOldNode();
installIfStale();
buildIfStale('server');
process.env.KELISIM_WATCH = 'true';
await import('../../dist/apps/launcher/src/main.js');
