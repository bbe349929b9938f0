import type kk from '../kk/calendar.js';

export default {
  title: 'Meetings',
} satisfies Record<keyof typeof kk, string>;
