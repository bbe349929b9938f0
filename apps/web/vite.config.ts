import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const api = { target: `http://127.0.0.1:${process.env.PORT ?? 3000}`, changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // The words that every page needs come in one file per language.
          groups: [{ name: (id) => /texts\/(kk|ru|en)\/(?:common|parts|errors|fields)\.ts/.exec(id)?.[1]?.concat('-words') ?? null }],
        },
      },
    },
  },
  server: { proxy: { '/api': api, '/socket.io': { ...api, ws: true } } },
  preview: { proxy: { '/api': api, '/socket.io': { ...api, ws: true } } },
});
