import type kk from '../kk/case.js';

export default {
  title: 'My cases',
} satisfies Record<keyof typeof kk, string>;
