import type kk from '../kk/centre.js';

export default {
  title: 'Уведомления',
  bell: 'Уведомления: {count} новое || Уведомления: {count} новых || Уведомления: {count} новых',
  'bell.none': 'Уведомления',
  empty: 'Уведомлений пока нет. Когда в ваших делах что-то изменится, мы напишем здесь.',
  new: 'новое',
  open: 'Открыть дело',
  'open.offers': 'Открыть предложение',
  markRead: 'Отметить всё прочитанным',
  until: 'Срок: {date}',
  lead: 'Здесь сказано только, что произошло. Содержание – в самом деле.',
} satisfies Record<keyof typeof kk, string>;
