import type kk from '../kk/warnings.js';

export default {
  title: 'Что важно знать заранее',
  lead: 'Медиация решает не всё. Обратите внимание на сроки и безопасность.',
  emergency: 'Номера экстренной помощи',
  legal: 'Юридическая помощь',
} satisfies Record<keyof typeof kk, string>;
