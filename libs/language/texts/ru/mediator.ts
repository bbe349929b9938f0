import type kk from '../kk/mediator.js';

export default {
  title: 'Сегодня',
} satisfies Record<keyof typeof kk, string>;
