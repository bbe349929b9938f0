import { buildIfStale } from './build.mjs';
import { installIfStale, refuseOldNode } from './install.mjs';

// What runs before anything is installed or built needs Node's own modules only.
refuseOldNode();
installIfStale();
buildIfStale();
await import('../../dist/apps/launcher/src/main.js');
