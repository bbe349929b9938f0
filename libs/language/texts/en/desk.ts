import type kk from '../kk/desk.js';

export default {
  title: 'Queue',
} satisfies Record<keyof typeof kk, string>;
