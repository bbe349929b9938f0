import type kk from '../kk/mediator.js';

export default {
  title: 'Today',
} satisfies Record<keyof typeof kk, string>;
