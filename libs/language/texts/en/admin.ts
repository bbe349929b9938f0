import type kk from '../kk/admin.js';

export default {
  title: 'People',
} satisfies Record<keyof typeof kk, string>;
