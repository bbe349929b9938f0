import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { lightZod } from './light-zod.js';
import { precompressed } from './precompressed.js';

const api = { target: 'http://127.0.0.1:3000', changeOrigin: false };

/** What belongs in one file: a few larger ones compress better and need fewer turns on a slow line than sixty small ones. */
const everyPage = {
  name: 'cabinet',
  test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack(?!.*([qQ]ueries|[iI]nfinite))|zod|cookie|set-cookie-parser)\/|libs\/contract\/(application|cases|errors|identifiers|index|invitations|people|problem|reference|roles|routes|states)\.ts|libs\/language\/(?!texts)|apps\/web\/src\/(layout\/(?!offline)|parts\/(?!ask-form|confirm|count|data-table|date-block|day-|filter-form|room-frame|status-chip)|(?!office-routes|seldom-routes)[^/]+\.tsx?$)|preload-helper|icons-react\/dist\/esm\/icons\/Icon(AlertTriangle|CircleCheck|Clock|Plus)\./,
};
/** What the pages of the offices alone say to the api. */
const staff = { name: 'staff', test: /libs\/contract\/(council|court|desk|fairness|imports|partners|register|safekeeping)\.ts/ };
/** What a room is made of, wherever it stands: to read and write in it nothing else of the offices is needed. */
const room = { name: 'room', test: /libs\/contract\/(consultations|files|rooms)\.ts|apps\/web\/src\/parts\/(count|room-frame)/ };
/** What is said between the cabinet's other pages and the api: nobody who files an application needs it. */
const offices = { name: 'offices', test: /libs\/contract\/|apps\/web\/src\/parts\/(?!day-|filter-form)|node_modules\/@tanstack\// };
const application = {
  name: 'application',
  test: /apps\/web\/src\/application\/(?!elsewhere|attorney|confirm-at-desk|field-note|typed-note)/,
};
const account = { name: 'account', test: /apps\/web\/src\/auth\/(?!qr|set-second|staff|role)/ };

export default defineConfig({
  plugins: [react(), lightZod, precompressed],
  resolve: {
    conditions: ['source', ...defaultClientConditions],
    // Its package names the build for development alone, with all its warnings.
    alias: [
      { find: /^react-router$/, replacement: resolve(import.meta.dirname, '../../node_modules/react-router/dist/production/index.mjs') },
    ],
  },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Which file comes with which: test/web-size.spec.ts weighs the way of an application.
    manifest: true,
    rolldownOptions: {
      output: { codeSplitting: { groups: [everyPage, staff, room, offices, application, account] } },
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
