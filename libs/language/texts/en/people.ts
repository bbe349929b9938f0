import type kk from '../kk/people.js';

export default {
  title: 'Settings',
} satisfies Record<keyof typeof kk, string>;
