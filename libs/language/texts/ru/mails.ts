import type kk from '../kk/mails.js';

export default {
  checkCode: 'Код сообщения: {code}. Проверить его можно на сайте.',
} satisfies Record<keyof typeof kk, string>;
