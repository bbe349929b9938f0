import type kk from '../kk/start.js';

export default {
  title: 'Спор можно решить разговором, без суда',
} satisfies Record<keyof typeof kk, string>;
