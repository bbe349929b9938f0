import type kk from '../kk/court.js';

export default {
  title: 'Cases',
} satisfies Record<keyof typeof kk, string>;
