import type kk from '../kk/rooms.js';

export default {
  title: 'Rooms',
} satisfies Record<keyof typeof kk, string>;
