import type kk from '../kk/application.js';

export default {
  title: 'Заявление',
} satisfies Record<keyof typeof kk, string>;
