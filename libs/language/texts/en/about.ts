import type kk from '../kk/about.js';

export default {
  title: 'About mediation',
} satisfies Record<keyof typeof kk, string>;
