import type kk from '../kk/desk.js';

export default {
  title: 'Очередь',
} satisfies Record<keyof typeof kk, string>;
