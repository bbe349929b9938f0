import type kk from '../kk/about.js';

export default {
  title: 'О медиации',
} satisfies Record<keyof typeof kk, string>;
