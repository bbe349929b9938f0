import type kk from '../kk/admin.js';

export default {
  title: 'Люди',
} satisfies Record<keyof typeof kk, string>;
