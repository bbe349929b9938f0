import type kk from '../kk/invited.js';

export default {
  title: 'Вам пришло письмо',
} satisfies Record<keyof typeof kk, string>;
