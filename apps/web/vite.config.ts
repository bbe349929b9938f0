import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { lightZod } from './light-zod.js';
import { precompressed } from './precompressed.js';

const api = { target: 'http://127.0.0.1:3000', changeOrigin: false };

/** What belongs in one file: a few larger ones compress better and need fewer turns on a slow line than sixty small ones. */
const everyPage = {
  name: 'cabinet',
  test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack|zod|cookie|set-cookie-parser)\/|libs\/(contract|language)\/(?!texts)|apps\/web\/src\/(layout\/|parts\/|[^/]+\.tsx?$)|preload-helper/,
};
const application = { name: 'application', test: /apps\/web\/src\/application\// };
const account = { name: 'account', test: /apps\/web\/src\/auth\/(?!qr|set-second|staff|role)/ };

export default defineConfig({
  plugins: [react(), lightZod, precompressed],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: { codeSplitting: { groups: [everyPage, application, account] } },
      treeshake: {
        // A schema or a text that no page names is left out.
        moduleSideEffects: [{ test: /libs\/(contract|language)\//, sideEffects: false }],
        manualPureFunctions: ['z.object', 'z.string', 'z.enum', 'z.array', 'z.discriminatedUnion', 'z.uuid', 'z.record', 'z.literal'],
      },
    },
  },
  server: { proxy: { '/api': api, '/socket.io': { ...api, ws: true } } },
  preview: { proxy: { '/api': api, '/socket.io': { ...api, ws: true } } },
});
