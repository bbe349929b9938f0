import type kk from '../kk/assignment.js';

export default {
  'why.language.first': 'Основной язык – язык дела',
  'why.language.other': 'Ведёт на языке дела',
  'why.field.some': 'Завершил {count} такое дело || Завершил {count} таких дела || Завершил {count} таких дел',
  'why.field.none': 'Берёт такой вид спора',
  'why.district.same': 'В том же районе',
  'why.district.online': 'В другом районе, проведёт онлайн',
  'why.load.free': 'Может взять ещё {count} дело || Может взять ещё {count} дела || Может взять ещё {count} дел',
  'why.waiting.never': 'Ещё не брал дел',
  'why.waiting.days':
    'Последнее дело взял {count} день назад || Последнее дело взял {count} дня назад || Последнее дело взял {count} дней назад',
  'why.hour.days': 'Свободный час через {count} день || Свободный час через {count} дня || Свободный час через {count} дней',
  'why.hour.unknown': 'Свободного часа в ближайшие две недели не видно',
  'why.continuity.before': 'Раньше вёл дело этой стороны',
  'why.continuity.new': 'С этими сторонами раньше не встречался',
  title: 'Почему этот медиатор?',
  lead: 'Медиатора выбирают по правилам, одинаковым для всех дел. Если не согласны, можно заявить отвод.',
  points: '{points} баллов',
  history: 'Как выбран медиатор',
  'history.place': '{at}: {name}, место {place} из {among}',
  'history.system': 'предложено автоматически',
  replay: 'Повторить выбор',
  'replay.same': 'Повтор дал тот же результат.',
  'replay.differs': 'Повтор дал другой результат: это ошибка, сообщите о ней.',
} satisfies Record<keyof typeof kk, string>;
