import { buildIfStale } from './build.mjs';
import { installIfStale, refuseOldNode } from './install.mjs';

refuseOldNode();
installIfStale();
buildIfStale('server');
await import('../../dist/apps/launcher/src/backup/drill.main.js');
