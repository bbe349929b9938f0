import type kk from '../kk/case.js';

export default {
  title: 'Мои дела',
} satisfies Record<keyof typeof kk, string>;
