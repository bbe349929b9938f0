import type kk from '../kk/start.js';

export default {
  title: 'A dispute can be settled by talking, without a court',
} satisfies Record<keyof typeof kk, string>;
