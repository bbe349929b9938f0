import type kk from '../kk/invited.js';

export default {
  title: 'You have a letter',
} satisfies Record<keyof typeof kk, string>;
