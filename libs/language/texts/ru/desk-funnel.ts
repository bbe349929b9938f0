import type kk from '../kk/desk-funnel.js';

export default {
  funnel: 'Как доходят приглашения',
  'funnel.days': 'Последние {days} дней',
  'funnel.lead': 'Приглашены: {invited}, из них присоединились: {joined}.',
  'funnel.none': 'За это время приглашений не было. Они появятся здесь, когда заявление будет проверено.',
  'funnel.step': 'Шаг',
  'funnel.count': 'Число',
  'funnel.part': 'Доля приглашённых',
  'funnel.invited': 'приглашены',
  'funnel.opened': 'открыли',
  'funnel.understood': 'прочитали до конца',
  'funnel.joined': 'присоединились',
  'funnel.declined': 'отказались',
  'funnel.silent': 'срок вышел, ответа нет',
  'funnel.waiting': 'ответ ожидается',
  'funnel.joinedAfterNudge': 'присоединились после напоминания',
  'funnel.others': 'Не присоединились',
  'funnel.caption': 'До какого шага дошли приглашения за {days} дней',
} satisfies Record<keyof typeof kk, string>;
