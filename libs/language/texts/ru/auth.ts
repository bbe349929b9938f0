import type kk from '../kk/auth.js';

export default {
  title: 'Вход в кабинет',
} satisfies Record<keyof typeof kk, string>;
