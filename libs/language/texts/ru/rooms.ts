import type kk from '../kk/rooms.js';

export default {
  title: 'Комнаты',
} satisfies Record<keyof typeof kk, string>;
