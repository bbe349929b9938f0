import type kk from '../kk/court.js';

export default {
  title: 'Дела',
} satisfies Record<keyof typeof kk, string>;
