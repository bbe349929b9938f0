import type kk from '../kk/application.js';

export default {
  title: 'Application',
} satisfies Record<keyof typeof kk, string>;
