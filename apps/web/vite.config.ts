import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const api = { target: `http://127.0.0.1:${process.env.PORT ?? 3000}`, changeOrigin: false };

/**
 * The page's policy forbids eval. zod would try it while the contract's schemas are being made, before any line of ours runs,
 * and be reported; so it is told in its own source that it must not.
 */
const zodWithoutEval: Plugin = {
  name: 'zod-without-eval',
  transform: (code, id) =>
    id.includes('/zod/v4/core/core.js') ? code.replace('__zod_globalConfig = {}', '__zod_globalConfig = { jitless: true }') : undefined,
};

export default defineConfig({
  plugins: [react(), zodWithoutEval],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // The words that every page needs come in one file per language.
          groups: [
            {
              debugName: 'words',
              name: (id) => /texts\/(kk|ru|en)\/(?:common|parts|errors|fields)\.ts/.exec(id)?.[1]?.concat('-words') ?? null,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': api, '/socket.io': { ...api, ws: true } } },
  preview: { proxy: { '/api': api, '/socket.io': { ...api, ws: true } } },
});
