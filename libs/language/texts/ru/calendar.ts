import type kk from '../kk/calendar.js';

export default {
  title: 'Встречи',
} satisfies Record<keyof typeof kk, string>;
