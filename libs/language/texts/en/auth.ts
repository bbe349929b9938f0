import type kk from '../kk/auth.js';

export default {
  title: 'Sign in',
} satisfies Record<keyof typeof kk, string>;
