import type kk from '../kk/mails.js';

export default {
  checkCode: 'Message code: {code}. You can check it on the site.',
} satisfies Record<keyof typeof kk, string>;
