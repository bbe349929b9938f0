import type kk from '../kk/people.js';

export default {
  title: 'Настройки',
} satisfies Record<keyof typeof kk, string>;
