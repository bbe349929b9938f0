import type kk from '../kk/desk.js';

export default {
  title: 'Очередь',
  'obstacle.is_party': 'является стороной этого спора',
  'obstacle.not_registered': 'ещё не внесён в реестр',
  'obstacle.excluded': 'исключён из реестра',
  'obstacle.suspended': 'полномочия приостановлены',
  'obstacle.certificate_expired': 'срок сертификата истёк',
  'obstacle.wrong_kind': 'для такого дела нужен профессиональный медиатор',
  'obstacle.language_missing': 'не ведёт дела на языке сторон',
  'obstacle.field_missing': 'не ведёт такие споры',
  'obstacle.at_capacity': 'нагрузка уже полная',
} satisfies Record<keyof typeof kk, string>;
